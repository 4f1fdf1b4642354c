package io.taggateway.bench;

/**
 * What one run of wrk and {@code /proc} gave.
 *
 * @param cpu CPU time for each request, in microseconds
 * @param rate requests a second
 * @param median the median latency, in microseconds
 * @param p99 the 99th percentile of latency, in microseconds
 * @param failed responses that were no success, and connections that failed
 */
record Measurement(double cpu, double rate, double median, double p99, long failed) {}
