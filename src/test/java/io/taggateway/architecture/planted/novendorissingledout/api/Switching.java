package io.taggateway.architecture.planted.novendorissingledout.api;

import io.taggateway.architecture.planted.novendorissingledout.tagging.Vendor;

class Switching {
    int number(Vendor vendor) {
        return switch (vendor) {
            case SIPSIM -> 1;
            case SWIPEONE -> 2;
        };
    }
}
