"""Travel times by road, computed on this machine from an OpenStreetMap extract."""
