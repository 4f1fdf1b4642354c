package houses.planted.packagesarenullmarked.api;

class HalfMarked {}
