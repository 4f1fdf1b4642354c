package io.taggateway.architecture.planted.everyclasshasaroom.tagging;

class Tag {}
