set digits 99
