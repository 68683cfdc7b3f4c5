// Package synth makes a population and the night of extracts that it leaves behind, with the truth: what the demo shows,
// what training and evaluation measure themselves against, and what the tests of every other package read. No public set
// holds employers, accounts or service with known truth, so the product brings its own.
//
// In: a seed, how many people are on the caseload, and how many rows of strangers lie about them. Out, in one directory:
//
//	caseload.csv              layout caseload, one row a person, shields among them
//	in/ncoa-CCYYMMDD.csv      layout example-ncoalink: answers about our mailing list, T record at the end
//	in/w4-CCYYMMDD.txt.gz     layout ndnh-w4: H4 record, then new hires
//	in/scra-CCYYMMDD.txt      layout scra-result: answers about those whom we and other programmes asked about
//	in/fidm-CCYYMMDD.txt      layout example-fidm: A, B and T records of several institutions, every open account
//	in/cases.csv …            layouts agency-*: what the agency itself knows; agency.go
//	night.yaml                the config that names them
//	truth.csv                 subject_id,extract,record_id: each row about somebody on the caseload, shields included
//	traps.csv                 trap,subject_id,extract,record_id,same: the pairs planted to mislead; see Trap
//	facts.csv                 subject_id,kind,value,from,to: addresses, employers, accounts and service as they really were
//
// A record_id is the supplier's, where its layout has one (of the four above none has), else the physical line. truth.csv and
// traps.csv are in the order of extract names and lines.
//
// # A night in any layouts
//
// Layouts writes one night of the same people in the layouts that are named, built-in ones and the agency's own. In o.Out:
//
//	caseload.csv              in the first caseload layout named, else in layout caseload; each further one has a file
//	in/NAME-CCYYMMDD.*        one file of each supplier's layout; .csv, .txt, .dat without line ends, .parquet
//	in/cases.csv …            what the agency knows, where a layout of it is named
//	night.yaml                reads them all, and allows the unconfirmed ones; night-NAME.yaml reads them with a further caseload
//	rejects.csv               extract,line,reason: the rows that readers must refuse, one for each reason that a layout's form can have
//	truth.csv traps.csv facts.csv
//
// What fills a file follows from the layout's source and its fields (layouts.go): a new hire, a quarter's wages, a claim or an answer
// of the directory; a forwarding order or a postmaster's reply; an answer about service, or our own asking; accounts by either
// method; an answer of the federal locate service, a benefit, a prisoner, a death; and where no field tells, a person. A layout
// takes the values that it has fields for, cut as it cuts them, in its forms, with its codes, its header, its sections and its
// counts. Three people, called O'BRIEN, DE LA CRUZ and MARTINEZ-CRUZ, stand in every supplier's file (regulars.go).
//
// # How it is made
//
// The caseload comes in families: an absent parent, the other parent, children, perhaps a new partner, a father or son of
// the same name, a brother or a twin, and the strangers whom a trap needs. A family is a pure function of the seed and its
// number, its traits drawn at once and its members when asked for (family.go, members.go); so is a stranger, in a household
// of four (person.go). What a family leaves behind is its plan (plan.go): a list of rows by extract. Records then deviate
// from the truth in the ways of rates.go (writing.go), and everything is written by package sources' own encoder, so that a
// value is cut where its layout cuts it. Names follow a Zipf law over some thousand common and sixty thousand rare surnames
// (names.go, surname_tail.go); an SSN is dealt out by a permutation of all possible ones (numbers.go).
//
// # What always holds
//
//   - The same options make the same bytes, with any number of processors and on any machine: integers, no clocks (I8).
//   - Memory follows the caseload: four bytes a planned row and a few dozen a true pair; strangers' rows cost nothing,
//     because a permutation shuffles row numbers and any row can be made from its number (random.go).
//   - record and truth agree: a same=yes trap is a row of truth.csv, a same=no trap is not.
//   - No two people have one valid SSN, and no mistyped one is anybody's, unless a trap says so.
//   - Rows are well formed: a run over a night rejects none, and over a night of layouts those of rejects.csv. Values are another
//     matter.
//   - Everybody is invented. Exchanges are 555, mail goes to example.com; numbers and names may by chance be somebody's.
//
// # Nights in a row
//
// Nights writes the same population through a stretch of business nights: what each night's feeds bring, what the agency knows
// by then, and what is true all along. In o.Out:
//
//	night-01/ …               one folder a night
//	  night.yaml              the config of the night; state and out are shared, in o.Out
//	  caseload.csv            the people on the caseload by that night
//	  in/w4-CCYYMMDD.txt.gz   new hires, every night
//	  in/ncoa-CCYYMMDD.csv    change of address, every fifth night: the first answers the whole list, later ones what is new
//	  in/scra-CCYYMMDD.txt    military status, every twenty-first night from the second: complete
//	  in/fidm-CCYYMMDD.txt    accounts, every seventh night from the third, a third of the institutions in turn
//	  agency/*.csv            cases, addresses, employers, invalid-pairs, levies, renumbered
//	facts.csv                 every true fact: when it held, whether the agency knew it, the extract and night that first reported it
//	reports.csv               each row about somebody on the caseload, with what it says of them: the truth of each line
//	people.csv                each person on the caseload: from which night, protected from which night, until which night open;
//	                          of those whose number was merged into another in the middle of the stretch, the former one
//
// A file is named after the day it was due. Some come a night or two late; of some a corrected copy follows under another name
// (w4-CCYYMMDD-corrected.txt.gz): the same rows, a few of them changed.
//
// # How a stretch is made
//
// A family is what it is on the first night; what happens to its members afterwards is drawn night by night from a
// stream of each member (nights_life.go), and so is what becomes of its case (nights_case.go). A family's rows in the files
// (nights_plan.go) follow from that alone. Memory follows the caseload: a dozen bytes a planned row and a few dozen a fact.
//
// # What it does not do
//
// A person on the caseload has one row; some have a second case in what the agency knows. Business nights know weekends and no
// holidays. Nobody dies or is imprisoned, but in a night of layouts; no supplier sends damaged files, and errors are independent of each other and of the
// person. The rates are stated guesses: figures measured on this population order methods and catch regressions; they are no
// forecast for an agency.
//
// # Example
//
//	s, err := synth.Night(ctx, synth.Options{Out: "demo", Seed: 1, Subjects: 2_000, Strangers: 20_000})
//	fmt.Print(s)
//
// ExampleNight shows what it prints.
package synth
