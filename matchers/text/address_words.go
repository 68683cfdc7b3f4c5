package text

import (
	"slices"
	"strings"
)

// The words of Publication 28: street suffixes (appendix C1), secondary unit designators (C2), directions (section 233).

// suffixTable holds on each line a standard suffix and the spellings that stand for it.
const suffixTable = `
ALY ALLEE ALLEY ALLY
ANX ANEX ANNEX ANNX
ARC ARCADE
AVE AV AVEN AVENU AVENUE AVN AVNUE
BYU BAYOO BAYOU
BCH BEACH
BND BEND
BLF BLUF BLUFF
BLFS BLUFFS
BTM BOT BOTTM BOTTOM
BLVD BOUL BOULEVARD BOULV BLV BVD BLVRD
BR BRNCH BRANCH
BRG BRDGE BRIDGE
BRK BROOK
BRKS BROOKS
BG BURG
BGS BURGS
BYP BYPA BYPAS BYPASS BYPS
CP CAMP CMP
CYN CANYN CANYON CNYN
CPE CAPE
CSWY CAUSEWAY CAUSWA
CTR CEN CENT CENTER CENTR CENTRE CNTER CNTR
CTRS CENTERS
CIR CIRC CIRCL CIRCLE CRCL CRCLE
CIRS CIRCLES
CLF CLIFF
CLFS CLIFFS
CLB CLUB
CMN COMMON
CMNS COMMONS
COR CORNER
CORS CORNERS
CRSE COURSE
CT COURT CRT
CTS COURTS
CV COVE
CVS COVES
CRK CREEK
CRES CRESCENT CRSENT CRSNT CRESC
CRST CREST
XING CROSSING CRSSNG CRSSING
XRD CROSSROAD
XRDS CROSSROADS
CURV CURVE
DL DALE
DM DAM
DV DIV DIVIDE DVD
DR DRIV DRIVE DRV
DRS DRIVES
EST ESTATE
ESTS ESTATES
EXPY EXP EXPR EXPRESS EXPRESSWAY EXPW
EXT EXTENSION EXTN EXTNSN
EXTS EXTENSIONS
FALL
FLS FALLS
FRY FERRY FRRY
FLD FIELD
FLDS FIELDS
FLT FLAT
FLTS FLATS
FRD FORD
FRDS FORDS
FRST FOREST FORESTS
FRG FORG FORGE
FRGS FORGES
FRK FORK
FRKS FORKS
FT FORT FRT
FWY FREEWAY FREEWY FRWAY FRWY
GDN GARDEN GARDN GRDEN GRDN
GDNS GARDENS GRDNS
GTWY GATEWAY GATEWY GATWAY GTWAY
GLN GLEN
GLNS GLENS
GRN GREEN
GRNS GREENS
GRV GROV GROVE
GRVS GROVES
HBR HARB HARBOR HARBR HRBOR
HBRS HARBORS
HVN HAVEN
HTS HT HEIGHTS HGTS HEIGHT
HWY HIGHWAY HIGHWY HIWAY HIWY HWAY
HL HILL
HLS HILLS
HOLW HLLW HOLLOW HOLLOWS HOLWS
INLT INLET
IS ISLAND ISLND
ISS ISLANDS ISLNDS
ISLE ISLES
JCT JCTION JCTN JUNCTION JUNCTN JUNCTON
JCTS JCTNS JUNCTIONS
KY KEY
KYS KEYS
KNL KNOL KNOLL
KNLS KNOLLS
LK LAKE
LKS LAKES
LAND
LNDG LANDING LNDNG
LN LANE LANES LA
LGT LIGHT
LGTS LIGHTS
LF LOAF
LCK LOCK
LCKS LOCKS
LDG LDGE LODG LODGE
LOOP LOOPS
MALL
MNR MANOR
MNRS MANORS
MDW MEADOW
MDWS MEADOWS MEDOWS
MEWS
ML MILL
MLS MILLS
MSN MISSN MISSION MSSN
MTWY MOTORWAY
MT MNT MOUNT
MTN MNTAIN MNTN MOUNTAIN MOUNTIN MTIN
MTNS MNTNS MOUNTAINS
NCK NECK
ORCH ORCHARD ORCHRD
OVAL OVL
OPAS OVERPASS
PARK PRK PARKS
PKWY PARKWAY PARKWY PKWAY PKY PKWYS PARKWAYS
PASS
PSGE PASSAGE
PATH PATHS
PIKE PIKES
PNE PINE
PNES PINES
PL PLACE
PLN PLAIN
PLNS PLAINS
PLZ PLAZA PLZA
PT POINT
PTS POINTS
PRT PORT
PRTS PORTS
PR PRAIRIE PRR
RADL RAD RADIAL RADIEL
RAMP
RNCH RANCH RANCHES RNCHS
RPD RAPID
RPDS RAPIDS
RST REST
RDG RDGE RIDGE
RDGS RIDGES
RIV RIVER RVR RIVR
RD ROAD
RDS ROADS
RTE ROUTE
ROW
RUE
RUN
SHL SHOAL
SHLS SHOALS
SHR SHOAR SHORE
SHRS SHOARS SHORES
SKWY SKYWAY
SPG SPNG SPRING SPRNG
SPGS SPNGS SPRINGS SPRNGS
SPUR SPURS
SQ SQR SQRE SQU SQUARE
SQS SQRS SQUARES
STA STATION STATN STN
STRA STRAV STRAVEN STRAVENUE STRAVN STRVN STRVNUE
STRM STREAM STREME
ST STREET STRT STR STREE
STS STREETS
SMT SUMIT SUMITT SUMMIT
TER TERR TERRACE
TRWY THROUGHWAY
TRCE TRACE TRACES
TRAK TRACK TRACKS TRK TRKS
TRFY TRAFFICWAY
TRL TRAIL TRAILS TRLS
TUNL TUNEL TUNLS TUNNEL TUNNELS TUNNL
TPKE TRNPK TURNPIKE TURNPK
UPAS UNDERPASS
UN UNION
UNS UNIONS
VLY VALLEY VALLY VLLY
VLYS VALLEYS
VIA VDCT VIADCT VIADUCT
VW VIEW
VWS VIEWS
VLG VILL VILLAG VILLAGE VILLG VILLIAGE
VLGS VILLAGES
VL VILLE
VIS VIST VISTA VST VSTA
WALK WALKS
WALL
WAY WY
WAYS
WL WELL
WLS WELLS
`

// unitTable holds the secondary unit designators that need a range behind them (APT 4).
const unitTable = `
APT APARTMENT APMT APTMT APPT APTS
BLDG BUILDING BLDNG BLD
DEPT DEPARTMENT
FL FLOOR FLR
HNGR HANGAR HANGER
LOT
PIER
RM ROOM
SLIP
SPC SPACE
STE SUITE SUIT
STOP
TRLR TRAILER
UNIT
KEY
PMB
URB URBANIZACION URBANIZATION
`

// placeTable holds the designators that stand alone at the end (REAR).
const placeTable = `
BSMT BASEMENT
FRNT FRONT
LBBY LOBBY
LOWR LOWER
OFC OFFICE
PH PENTHOUSE
REAR
SIDE
UPPR UPPER
`

const directionTable = `
N NORTH NO
S SOUTH SO
E EAST
W WEST
NE NORTHEAST
NW NORTHWEST
SE SOUTHEAST
SW SOUTHWEST
`

// ordinalTable lets FIRST ST and 1ST ST agree.
const ordinalTable = `
1ST FIRST
2ND SECOND
3RD THIRD
4TH FOURTH
5TH FIFTH
6TH SIXTH
7TH SEVENTH
8TH EIGHTH
9TH NINTH
10TH TENTH
11TH ELEVENTH
12TH TWELFTH
13TH THIRTEENTH
14TH FOURTEENTH
15TH FIFTEENTH
16TH SIXTEENTH
17TH SEVENTEENTH
18TH EIGHTEENTH
19TH NINETEENTH
20TH TWENTIETH
`

// forms gives the standard form of each spelling in a table; the standard form stands for itself.
type forms map[string][]byte

func newForms(table string) forms {
	f := make(forms)
	for line := range strings.Lines(table) {
		words := strings.Fields(line)
		for _, w := range words {
			f[w] = []byte(words[0])
		}
	}
	return f
}

func (f forms) has(word []byte) bool {
	_, ok := f[string(word)]
	return ok
}

var (
	streetSuffixes = newForms(suffixTable)
	units          = newForms(unitTable)
	places         = newForms(placeTable)
	directions     = newForms(directionTable)
	streetOrdinals = newForms(ordinalTable)
)

// strongUnits are designators that no street is called: any word behind them is their range.
var strongUnits = newWordSet("APT", "STE", "UNIT", "BLDG", "RM", "TRLR", "DEPT", "PMB", "URB")

// gluedPrefixes are words that people write into one with their number (APT4, RR2, POBOX12).
var gluedPrefixes = newWordSet("APT", "STE", "SUITE", "UNIT", "LOT", "RM", "ROOM", "BLDG", "TRLR", "SPC", "FL",
	"RR", "HC", "PSC", "CMR", "BOX", "POBOX", "POB")

// phrase is a way to write the beginning of a delivery line; a number must follow unless bare.
type phrase struct {
	from []string
	to   [][]byte
	kind phraseKind
}

type phraseKind uint8

const (
	boxPhrase      phraseKind = iota // number of the box
	routePhrase                      // number of the route, BOX, number of the box
	militaryPhrase                   // number of the mail room, BOX, number of the box
	unitPhrase                       // number, BOX, number: a dwelling may be a unit, so BOX must be there
	highwayPhrase                    // number of the road
	barePhrase                       // nothing
)

// phraseBook holds phrases by their first word, longer spellings before their beginnings.
type phraseBook map[string][]phrase

func newPhrases(kind phraseKind, to string, from ...string) phraseBook {
	var out [][]byte
	for _, w := range strings.Fields(to) {
		out = append(out, []byte(w))
	}
	book := make(phraseBook)
	for _, f := range from {
		words := strings.Fields(f)
		book[words[0]] = append(book[words[0]], phrase{words, out, kind})
	}
	return book
}

func joinPhrases(books ...phraseBook) phraseBook {
	all := make(phraseBook)
	for _, book := range books {
		for first, list := range book {
			all[first] = append(all[first], list...)
		}
	}
	for _, list := range all {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.from) - len(a.from) })
	}
	return all
}

// Drawers, callers and lockboxes are PO boxes (section 283), star routes are
// highway contract routes (section 255), RFD and RD are rural routes (section 243).
var (
	boxPhrases = joinPhrases(newPhrases(boxPhrase, "PO BOX", "PO BOX", "P O BOX", "POBOX", "P OBOX", "POB", "P O B", "POST OFFICE BOX",
		"POST BOX", "PO BX", "P O BX", "PO DRAWER", "P O DRAWER"))

	headPhrases = joinPhrases(
		boxPhrases,
		newPhrases(boxPhrase, "PO BOX", "BOX", "APARTADO POSTAL", "APARTADO", "APDO", "DRAWER", "LOCKBOX", "LOCK BOX", "FIRM CALLER", "CALLER", "PO"),
		newPhrases(routePhrase, "RR", "RR", "R R", "RURAL ROUTE", "RURAL RTE", "RURAL RT", "RFD ROUTE", "RFD RT", "RFD", "R F D",
			"RD ROUTE", "RT", "RTE", "ROUTE", "RD", "R D"),
		newPhrases(routePhrase, "HC", "HIGHWAY CONTRACT ROUTE", "HIGHWAY CONTRACT RT", "HIGHWAY CONTRACT", "HC", "HCR", "H C R", "H C",
			"STAR ROUTE", "STAR RTE", "STAR RT"),
		newPhrases(militaryPhrase, "PSC", "PSC", "P S C", "PS C"),
		newPhrases(militaryPhrase, "CMR", "CMR", "C M R", "CM R"),
		newPhrases(unitPhrase, "UNIT", "UNIT"),
		newPhrases(barePhrase, "GENERAL DELIVERY", "GENERAL DELIVERY", "GENERAL DEL", "GEN DELIVERY", "GEN DEL"),
	)

	// Numbered roads are spelled out (appendix F), for their short forms are also suffixes.
	highwayPhrases = joinPhrases(
		newPhrases(highwayPhrase, "US HIGHWAY", "US HIGHWAY", "US HWY", "U S HIGHWAY", "U S HWY", "US ROUTE", "US RT", "US RTE"),
		newPhrases(highwayPhrase, "STATE HIGHWAY", "STATE HIGHWAY", "STATE HWY", "ST HIGHWAY", "ST HWY"),
		newPhrases(highwayPhrase, "STATE ROUTE", "STATE ROUTE", "STATE RTE", "STATE RT", "ST RTE", "ST RT", "ST ROUTE", "SR"),
		newPhrases(highwayPhrase, "STATE ROAD", "STATE ROAD", "STATE RD", "ST RD", "ST ROAD"),
		newPhrases(highwayPhrase, "COUNTY HIGHWAY", "COUNTY HIGHWAY", "COUNTY HWY", "CO HWY", "CNTY HWY"),
		newPhrases(highwayPhrase, "COUNTY ROAD", "COUNTY ROAD", "COUNTY RD", "CNTY RD", "CNTY ROAD", "CO RD", "CO ROAD", "CR", "C R"),
		newPhrases(highwayPhrase, "FM", "FM", "FARM TO MARKET"),
		newPhrases(highwayPhrase, "INTERSTATE", "INTERSTATE", "INTERSTATE HIGHWAY", "INTERSTATE HWY", "IH", "I"),
		newPhrases(highwayPhrase, "HIGHWAY", "HIGHWAY", "HWY", "HIWAY", "HWAY"),
		newPhrases(highwayPhrase, "ROUTE", "ROUTE", "RTE", "RT"),
	)
)
