package text

// Encode writes a text in an encoding, by the name that Decode gives it; ok is false where
// that has not every character of it, or there is none of the name.
func Encode(s, name string) (data []byte, ok bool) {
	for _, c := range []charset{utf8Charset, gb18030, big5, utf16le, utf16be} {
		if c.name == name {
			data, err := c.codec.NewEncoder().Bytes([]byte(s))
			return data, err == nil
		}
	}
	return nil, false
}

// MarkLength is how many bytes at the start of a file are the mark of its encoding.
func MarkLength(data []byte) int {
	_, mark := marked(data)
	return mark
}

// First gives how many bytes the first character of data has in an encoding, by the name
// that Decode gives it, and the character where it is one of ASCII, or else 0. data is not
// empty; a character that is cut off has the bytes that there are.
func First(data []byte, name string) (size int, ascii byte) {
	switch name {
	case utf16le.name, utf16be.name:
		if len(data) < 2 {
			return len(data), 0
		}
		low, high := data[0], data[1]
		if name == utf16be.name {
			low, high = high, low
		}
		if high == 0 && low < 0x80 {
			return 2, low
		}
		return 2, 0 // half of a pair is as good as a character here
	}
	if data[0] < 0x80 {
		return 1, data[0]
	}
	switch {
	case name == gb18030.name && data[0] == 0x80, name == big5.name && data[0] == 0x80, name == utf8Charset.name:
		return 1, 0 // of UTF-8 no byte of a longer character is one of ASCII
	case name == gb18030.name && len(data) > 3 && '0' <= data[1] && data[1] <= '9':
		return 4, 0
	}
	return min(2, len(data)), 0
}
