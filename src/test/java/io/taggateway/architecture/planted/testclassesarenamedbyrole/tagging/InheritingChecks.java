package io.taggateway.architecture.planted.testclassesarenamedbyrole.tagging;

class InheritingChecks extends TagPromise {}
