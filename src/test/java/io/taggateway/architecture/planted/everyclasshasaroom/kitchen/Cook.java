package io.taggateway.architecture.planted.everyclasshasaroom.kitchen;

class Cook {}
