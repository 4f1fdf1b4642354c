package io.taggateway.architecture.planted.packagesarenullmarked.tagging;

class Unmarked {}
