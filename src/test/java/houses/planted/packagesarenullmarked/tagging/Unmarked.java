package houses.planted.packagesarenullmarked.tagging;

class Unmarked {}
