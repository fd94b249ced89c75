// Package compute derives what the site says of figures.
package compute
