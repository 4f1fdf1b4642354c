package io.taggateway.architecture.planted.packagesarenullmarked.api;

class HalfMarked {}
