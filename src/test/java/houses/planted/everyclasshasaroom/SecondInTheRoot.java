package houses.planted.everyclasshasaroom;

class SecondInTheRoot {}
