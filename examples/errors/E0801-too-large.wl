set memory 1GB
A = zeros(1000000, 1000000)
