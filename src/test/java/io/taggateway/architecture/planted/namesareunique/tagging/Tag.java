package io.taggateway.architecture.planted.namesareunique.tagging;

class Tag {}
