package arrival

// What a file may become. Fixed records full of blanks inflate thirty- to
// fiftyfold, a bomb a thousandfold and, layer in layer, a millionfold.
const (
	freeBytes  = 64 << 20  // that any file may become
	mostRatio  = 250       // times its size on disk, beyond that
	mostBytes  = 256 << 30 // that no file may exceed
	mostHeld   = 1 << 30   // of a zip or Parquet file inside another, which is held in memory
	mostLayers = 4         // inside one another
	zstdWindow = 128 << 20 // what zstd --long=27 writes

	// Of turning a passphrase into a key, which costs as much as the file asks for.
	mostScrypt      = 19       // age: 2 to the power of it, 512 MiB; age itself writes 18
	mostArgonMemory = 21       // OpenPGP: KiB, as a power of two: the 2 GiB of RFC 9580
	mostArgonPasses = 16       // OpenPGP
	mostSessionKeys = 60 << 10 // OpenPGP: bytes of session keys, some hundred recipients
)

// guard is an error when a layer has given so many bytes, of so many on disk.
func guard(given, disk int64) error {
	switch {
	case given > mostBytes:
		return refuse("it becomes more than %d GiB", mostBytes>>30)
	case given > freeBytes && given > mostRatio*disk:
		return refuse("it becomes more than %d times its size on disk: no file of records does", mostRatio)
	}
	return nil
}
