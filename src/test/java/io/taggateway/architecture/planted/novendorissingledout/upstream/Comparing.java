package io.taggateway.architecture.planted.novendorissingledout.upstream;

import io.taggateway.architecture.planted.novendorissingledout.tagging.Vendor;

class Comparing {
    boolean odd(Vendor vendor) {
        return vendor == Vendor.SWIPEONE;
    }
}
