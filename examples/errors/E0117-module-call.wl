x = 0.5
y = np.tanh(x)
