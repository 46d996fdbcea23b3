# A package without rules is an empty document.
package cases.support.nothing
