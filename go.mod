module sunshine

go 1.26
