package locale

import "slices"

// Key names a message that Go asks for. Only this package makes one, so that a
// key that no catalogue has does not compile. Messages that templates alone print
// have no Key.
type Key int

// definition is a key's name in the catalogues and its arguments in the order in
// which Go gives them. One that begins with # is a number; the first of these
// picks the plural form.
type definition struct {
	name string
	args []string
}

var definitions []definition

func message(name string, args ...string) Key {
	definitions = append(definitions, definition{name, args})
	return Key(len(definitions) - 1)
}

// String is the key's name in the catalogues.
func (k Key) String() string { return definitions[k].name }

// place is where an argument stands among those of the key, or -1.
func (d definition) place(placeholder string) int {
	return slices.IndexFunc(d.args, func(a string) bool { return a == placeholder || a == "#"+placeholder })
}
