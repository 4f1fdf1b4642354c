package io.taggateway.architecture.planted.packagesarenullmarked.upstream;

class Marked {}
