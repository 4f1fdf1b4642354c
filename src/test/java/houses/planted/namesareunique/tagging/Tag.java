package houses.planted.namesareunique.tagging;

class Tag {}
