"""Reading the files an office hands us. Nothing is stored here, and a faulty file names all its faults at once."""
