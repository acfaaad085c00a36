Inputs: X, W
