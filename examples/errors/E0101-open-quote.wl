x = 'three
