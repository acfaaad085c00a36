y = [-1, -2]
plot y semilogy
