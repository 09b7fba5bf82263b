package simabm

import "strings"

// traits of a model decide which hardware numbers its devices have.
type traits uint8

const (
	traitCellular     traits = 1 << iota // IMEI and EID
	traitEthernet                        // an Ethernet port
	traitRandomSerial                    // ten random characters, as Apple makes serial numbers since 2021
)

// variant is what devices of one kind share; records refer to it by number.
type variant struct {
	model, description, color, family, os string
	traits                                traits
}

// line is one product line of the catalogue: every colour with every configuration is a variant.
type line struct {
	model   string
	format  string // Apple's sales text; MODEL, COLOR and CONFIG are replaced, upper case
	colors  []string
	configs []string
	weight  int // share within the family
	traits  traits
}

// family is a product family with the plants that begin its older serial numbers.
type family struct {
	name, os string
	weight   int // of 2,000 devices
	plants   []string
	lines    []line
}

// catalogue is a plausible fleet. "HomeHub" is a family nobody knows yet: Apple adds values without notice, and a
// client has to survive it, so about one device in 2,000 has it.
func catalogue() []family {
	return []family{
		{"iPhone", "iOS", 899, []string{"F17", "F2L", "G6T", "DNP", "FFM"}, []line{
			{"iPhone 13", "MODEL COLOR CONFIG-ZDD", []string{"MIDNIGHT", "STARLIGHT", "BLUE", "PINK"}, []string{"128GB", "256GB"}, 3, traitCellular},
			{"iPhone SE", "MODEL COLOR CONFIG-ZDD", []string{"MIDNIGHT", "STARLIGHT", "RED"}, []string{"64GB", "128GB"}, 3, traitCellular},
			{"iPhone 15", "MODEL COLOR CONFIG-ZDD", []string{"BLACK", "BLUE", "GREEN", "PINK", "YELLOW"}, []string{"128GB", "256GB"}, 5, traitCellular | traitRandomSerial},
			{"iPhone 15 Pro", "MODEL COLOR CONFIG-ZDD", []string{"BLACK TITANIUM", "NATURAL TITANIUM", "WHITE TITANIUM"}, []string{"128GB", "256GB", "512GB"}, 2, traitCellular | traitRandomSerial},
			{"iPhone 16", "MODEL COLOR CONFIG-ZDD", []string{"BLACK", "WHITE", "TEAL", "ULTRAMARINE"}, []string{"128GB", "256GB"}, 4, traitCellular | traitRandomSerial},
		}},
		{"iPad", "iPadOS", 600, []string{"DMP", "GG7", "F9F", "DLX"}, []line{
			{"iPad", "MODEL WI-FI CONFIG COLOR-FRD", []string{"SILVER", "BLUE", "PINK", "YELLOW"}, []string{"64GB", "256GB"}, 6, 0},
			{"iPad mini", "MODEL WI-FI CONFIG COLOR-FRD", []string{"SPACE GRAY", "STARLIGHT", "PURPLE"}, []string{"64GB", "128GB"}, 2, 0},
			{"iPad Air", "MODEL WI-FI+CELL CONFIG COLOR-FRD", []string{"SPACE GRAY", "BLUE", "PURPLE"}, []string{"128GB", "256GB"}, 3, traitCellular | traitRandomSerial},
			{"iPad Pro", "MODEL 11 WI-FI CONFIG COLOR-FRD", []string{"SPACE BLACK", "SILVER"}, []string{"256GB", "512GB"}, 2, traitRandomSerial},
		}},
		{"Mac", "OSX", 340, []string{"C02", "FVF", "C07", "H2W"}, []line{
			{"MacBook Air", "MBA 13.6 COLOR/8C CPU/8C GPU/CONFIG", []string{"MIDNIGHT", "STARLIGHT", "SILVER", "SPACE GRAY"}, []string{"16GB/256GB", "16GB/512GB"}, 6, traitRandomSerial},
			{"MacBook Pro", "MBP 14.2 COLOR/12C CPU/16C GPU/CONFIG", []string{"SPACE BLACK", "SILVER"}, []string{"24GB/512GB", "48GB/1TB"}, 4, traitRandomSerial},
			{"Mac mini", "MAC MINI/10C CPU/10C GPU/CONFIG", []string{"SILVER"}, []string{"16GB/256GB", "24GB/512GB"}, 2, traitEthernet},
			{"iMac", "IMAC 24 COLOR/8C CPU/8C GPU/CONFIG", []string{"BLUE", "GREEN", "PINK", "SILVER"}, []string{"16GB/256GB"}, 2, traitEthernet},
		}},
		{"AppleTV", "tvOS", 80, []string{"DY3", "C07"}, []line{
			{"Apple TV 4K", "MODEL CONFIG", []string{"BLACK"}, []string{"64GB", "128GB"}, 1, traitEthernet},
		}},
		{"iPod", "iOS", 40, []string{"CCQ"}, []line{
			{"iPod touch", "MODEL CONFIG COLOR-FRD", []string{"SPACE GRAY", "SILVER", "BLUE"}, []string{"32GB", "128GB"}, 1, 0},
		}},
		{"Vision", "visionOS", 40, []string{"VSN"}, []line{
			{"Apple Vision Pro", "MODEL CONFIG", []string{"SILVER"}, []string{"256GB", "512GB"}, 1, traitRandomSerial},
		}},
		{"HomeHub", "homeOS", 1, []string{"HHB"}, []line{
			{"Home Hub", "MODEL COLOR", []string{"WHITE"}, []string{""}, 1, traitRandomSerial},
		}},
	}
}

// assigners are the administrators in whose names devices were assigned before anyone signed in to the portal.
func assigners() []string {
	return []string{"it.admin@appleid.example.org", "j.novak@appleid.example.org", "procurement@appleid.example.org"}
}

func (l line) variants(f family) []variant {
	var out []variant
	for _, color := range l.colors {
		for _, config := range l.configs {
			text := strings.NewReplacer("MODEL", strings.ToUpper(l.model), "COLOR", color, "CONFIG", config).Replace(l.format)
			out = append(out, variant{l.model, text, color, f.name, f.os, l.traits})
		}
	}
	return out
}
