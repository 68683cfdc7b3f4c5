package synth

// Rates of what happens in a stretch of nights. Those "a night" are raised over life where life is slow: so that thirty nights
// of two thousand subjects see some dozens of each event. Like all rates of this package they are stated guesses.
const (
	rateHiredNight = 0.010  // of the sought: hired; a quarter of a year's hires a person, unstable work (rates.go: rateHired in 26 days)
	rateOtherNight = 0.004  // of anybody else
	rateLeftNight  = 0.008  // of jobs: ended
	rateLeavesOld  = 0.60   // of the hired who had a job: left it that day
	rateRehired    = 0.25   // of the hired who had worked elsewhere: back at a former employer
	rateFormerJob  = 0.55   // had a job before the stretch that the agency may know
	rateMovedNight = 0.0025 // moved
	rateOpenNight  = 0.0016 // opened an account
	rateShutNight  = 0.0012 // of accounts: closed
	rateEnlists    = 0.0003 // a night, of people under 39
	rateLeaves     = 0.006  // a night, of those on active duty
	rateBankedLong = 0.34   // has an account at some institution; a single night's file shows fewer (rates.go: rateBanked)

	rateLateCase  = 0.12   // of families: the case opens after the first night
	rateClosed    = 0.0012 // a night, of cases: closed
	rateTransfer  = 0.0015 // a night, of cases: another office, or another officer
	rateTwoCases  = 0.08   // of subjects: a second case of their own
	rateOrder     = 0.82   // of cases of established parents: an order is in force
	rateReported  = 0.03   // of hires: reported a second time
	rateAnswered  = 0.10   // of forwarding orders: answered again in a later list
	rateKnownJob  = 0.70   // of former jobs: the agency has them
	ratePairKnown = 0.50   // of wrong numbers: the agency found out, and lists the pair
	rateLevyTried = 0.06   // of those with an account and arrears: a levy was tried
	rateCorrected = 0.03   // of the rows of a file that is corrected later: wrong at first
)
