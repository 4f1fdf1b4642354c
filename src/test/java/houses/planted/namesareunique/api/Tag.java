package houses.planted.namesareunique.api;

class Tag {}
