package io.taggateway.architecture.planted.taggingisplain.upstream;

public class Road {}
