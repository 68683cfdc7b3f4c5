package text

// standardEmail gives the address in lower case without blanks or brackets. The local part keeps dots and +tags: only some
// providers ignore them. An address that cannot work is Invalid and kept, for a missing .com still compares.
func standardEmail(dst, raw []byte) ([]byte, Validity) {
	start := len(dst)
	for _, c := range raw {
		switch {
		case c <= ' ', c == '<', c == '>':
			continue
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		if len(dst)-start == Limit {
			break
		}
		dst = append(dst, c)
	}
	const scheme = "mailto:"
	address := dst[start:]
	for len(address) >= len(scheme) && string(address[:len(scheme)]) == scheme {
		address = address[len(scheme):]
	}
	dst = dst[:start+copy(dst[start:], address)]
	return dst, judgeEmail(dst[start:])
}

func judgeEmail(address []byte) Validity {
	if emailPlaceholders.has(address) {
		return Placeholder
	}
	at, dot := -1, -1
	for i, c := range address {
		switch {
		case c == '@' && at >= 0:
			return Invalid
		case c == '@':
			at = i
		case c == '.' && at >= 0 && i > at+1:
			dot = i
		}
	}
	switch {
	case len(address) == 0, at < 0 && allSame(address):
		return Placeholder
	case at < 1, dot < 0, dot == len(address)-1:
		return Invalid
	}
	return Valid
}
