package io.taggateway.architecture.planted.namesareunique.api;

class Page {}
