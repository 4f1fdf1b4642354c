package houses.planted.testclassesarenamedbyrole.tagging;

class InheritingChecks extends TagPromise {}
