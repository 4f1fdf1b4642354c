package houses.planted.everyclasshasaroom.kitchen;

class Cook {}
