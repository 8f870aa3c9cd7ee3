"""What the figures say of a territory: frozen results that hold sourced figures."""
