set colour 1
