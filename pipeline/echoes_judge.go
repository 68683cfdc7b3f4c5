package pipeline

import "math"

// Whether a section gives back what we sent is judged by its answers and by those of the extract's other sections. That all of three
// answers are as we wrote them shows nothing where people's own records mostly are; it shows more where the supplier's other
// institutions have names of their own. So of each section the odds are taken that it echoes, against having books in which names happen to
// stand as we wrote them, as often as in the other sections'. What is known of these is drawn towards a share that holds for any supplier, as if so
// many answers had shown it: without other sections a section must show it by itself (19 answers that all repeat us), beside
// many that have names of their own fewer do. And the small institutions of one file are one transmitter's: where nearly all
// of their answers together repeat us, that is how the file was made, though of no single institution it could be said.
const (
	echoRepeats    = .99 // of an echo's answers that repeat us: now and then one has a mark or blank of its own all the same
	ownRepeats     = .75 // of the answers of own books, before any are seen; measured was .46 (pipeline/DESIGN.md)
	ownSeen        = 25  // answers as which that counts
	mostOwn        = .97 // own books never repeat us more surely
	echoesBefore   = 1   // of echoesAmong sections, before any are seen
	echoesAmong    = 20
	echoIsBelieved = 9 // odds from which a section is taken to echo: one wrong in ten at the margin sends answers to an officer in vain
)

// answersOf counts answers, and those of them that repeat our inquiry.
type answersOf struct{ answers, repeated int64 }

func (a answersOf) plus(b answersOf) answersOf {
	return answersOf{a.answers + b.answers, a.repeated + b.repeated}
}

func (a answersOf) minus(b answersOf) answersOf {
	return answersOf{a.answers - b.answers, a.repeated - b.repeated}
}

// repeats reports that so large a share of answers repeats our inquiry. It is none of no answers.
func (a answersOf) repeats(share float64) bool {
	return a.answers > 0 && float64(a.repeated) >= share*float64(a.answers)
}

// others are what is known of an extract beside the answers that are judged.
type others struct {
	own            answersOf // of those that do not echo
	echo, sections int
}

// echo reports that answers are an echo's: share of them and more repeat us, and that is likelier an echo than the others' own books.
func (a answersOf) echo(share float64, o others) bool {
	if !a.repeats(share) {
		return false
	}
	own := min(mostOwn, (ownRepeats*ownSeen+float64(o.own.repeated))/(ownSeen+float64(o.own.answers)))
	odds := math.Log(float64(echoesBefore+o.echo) / float64(echoesAmong-echoesBefore+o.sections-o.echo))
	odds += float64(a.repeated) * math.Log(echoRepeats/own)
	odds += float64(a.answers-a.repeated) * math.Log((1-echoRepeats)/(1-own))
	return odds >= math.Log(echoIsBelieved)
}

// small reports that so few answers show nothing by themselves, whatever they say.
func (a answersOf) small() bool {
	return !answersOf{a.answers, a.answers}.echo(1, others{})
}

// judgeEchoes tells which of an extract's sections give back what we sent. share is the least of a section's answers that must.
func judgeEchoes(sections map[fileSection]answersOf, share float64) map[fileSection]bool {
	alone, all := map[fileSection]bool{}, others{sections: len(sections) - 1}
	small := map[int]answersOf{} // of each file's small sections
	for at, a := range sections {
		if alone[at] = a.echo(share, others{}); alone[at] {
			all.echo++
		} else {
			all.own = all.own.plus(a)
		}
		if a.small() {
			small[at.file] = small[at.file].plus(a)
		}
	}
	found := map[fileSection]bool{}
	for at, a := range sections {
		rest, together := all, small[at.file]
		if alone[at] {
			rest.echo--
		} else {
			rest.own = rest.own.minus(a)
		}
		beside := rest
		beside.own = all.own.minus(together) // a small section is no echo alone, so that it is among these
		if !a.small() {
			together, beside.own = together.plus(a), rest.own.minus(together)
		}
		found[at] = a.echo(share, rest) || a.repeats(share) && together.echo(share, beside)
	}
	return found
}
