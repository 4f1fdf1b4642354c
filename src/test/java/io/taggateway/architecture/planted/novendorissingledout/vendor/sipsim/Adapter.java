package io.taggateway.architecture.planted.novendorissingledout.vendor.sipsim;

import io.taggateway.architecture.planted.novendorissingledout.tagging.Vendor;

class Adapter {
    Vendor vendor() {
        return Vendor.SIPSIM;
    }
}
