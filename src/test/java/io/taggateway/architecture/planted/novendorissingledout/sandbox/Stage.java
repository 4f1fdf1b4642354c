package io.taggateway.architecture.planted.novendorissingledout.sandbox;

class Stage {}
