package io.taggateway.architecture.planted.everyclasshasaroom;

class SecondInTheRoot {}
