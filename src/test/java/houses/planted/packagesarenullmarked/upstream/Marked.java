package houses.planted.packagesarenullmarked.upstream;

class Marked {}
