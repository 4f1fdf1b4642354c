package io.taggateway.architecture.planted.vendorsarestrangers.vendor.sipsim;

public class SipsimColor {}
