explain revers
