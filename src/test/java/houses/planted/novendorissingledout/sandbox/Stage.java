package houses.planted.novendorissingledout.sandbox;

class Stage {}
