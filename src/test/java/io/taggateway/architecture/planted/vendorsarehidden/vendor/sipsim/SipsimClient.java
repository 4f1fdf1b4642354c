package io.taggateway.architecture.planted.vendorsarehidden.vendor.sipsim;

public class SipsimClient {}
