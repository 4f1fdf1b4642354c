package houses.planted.namesareunique.api;

class Page {}
