package report

import "strings"

// sample is a night with one of everything: an extract read, one with a refused section, one absent, one withheld, one
// skipped. Its books balance.
func sample() *Manifest {
	sha := func(c string) string { return strings.Repeat(c, 64) }
	m := &Manifest{
		Format: Format, Run: "2026-11-21-4fz2k7qa", Parent: "2026-11-20-b7m3xw5c", AsOf: "2026-11-21", Code: "1.0.0",
		Digests: Digests{Config: sha("1"), Spec: sha("2"), Model: sha("3"), Policy: sha("9"), Caseload: sha("4")},
		Priors: []Prior{
			{Extract: "ncoa", Source: "postal", KnownShare: 0.02, PriorBits: -19.61},
			{Extract: "w4", Source: "employment", KnownShare: 0.01, PriorBits: -20.61},
		},
		Caseload: CaseloadFunnel{
			Files: []InputFile{{Name: "caseload.csv", SHA256: sha("5"), Bytes: 6_400_000, Records: 52_010, State: StateRead}},
			Read:  52_010, Accepted: 52_004, Rejected: 6, RejectedBy: []Count{{"columns", 6}}, InvalidBy: []Count{{"born", 17}, {"ssn", 102}},
			Subjects: 50_000, Shields: 12_000, Protected: 3, CappedBy: []Count{{"family + born.year", 2}}, Blocks: []Block{
				{Rule: "ssn + max:50", Subjects: 4},
				{Rule: "family + born.year", Subjects: 4_871, Key: "SM***, 1981-**-**"},
				{Rule: "family + born.year", Subjects: 5_312, Key: "JO***, 1979-**-**", Dropped: true},
			}, Bytes: 73 << 20,
		},
		Agency: []AgencyFunnel{{
			Name: "agency.cases", Layout: "agency-cases", LayoutDigest: sha("d"),
			Files: []InputFile{{Name: "cases.csv", SHA256: sha("f"), Bytes: 900_000, Records: 61_000, State: StateRead}},
			Read:  61_000, Accepted: 60_998, Rejected: 2, RejectedBy: []Count{{"invalid_value", 2}}, Strangers: 40,
		}},
		Extracts: []Extract{
			{
				Name: "ncoa", Source: "postal", Layout: "example-ncoalink", LayoutStatus: "example", LayoutDigest: sha("6"), Expected: true,
				State: StateRead, RejectLimit: 0.01, SectionsRead: 2,
				Files: []InputFile{
					{Name: "ncoa-1.txt", SHA256: sha("7"), Bytes: 91_000_000, Records: 700_000, State: StateRead},
					{Name: "ncoa-2.txt", SHA256: sha("8"), Bytes: 66_000_000, Records: 504_331, State: StateRead},
				},
				Read: 1_204_331, Accepted: 1_204_289, Rejected: 42, RejectedBy: []Count{{"short_row", 42}}, InvalidBy: []Count{{"born", 291}},
				Passed: 250_117, Pairs: 611_002, MostPairs: 4_871, Below: 600_000, Review: 1_002, AcceptedPairs: 10_000, Links: 11_002,
			},
			{
				Name: "fidm", Source: "financial", Layout: "example-fidm", LayoutStatus: "example", LayoutDigest: sha("9"), Expected: true,
				State: StateRead, RejectLimit: 0.01, SectionsRead: 3, SectionsRefused: 1,
				Files: []InputFile{{Name: "fidm|q4.txt", SHA256: sha("a"), Bytes: 45_000, Records: 100, State: StateRead}},
				Sections: []Section{{File: "fidm|q4.txt", Index: 1, Name: "institution", Line: 42, Rows: 38, Want: 40,
					Fault: "trailer says 40 rows, section has 38"}},
				Read: 100, Accepted: 100, Withheld: 38, Passed: 40, Pairs: 60, MostPairs: 3, Below: 50, Review: 2, AcceptedPairs: 8, Links: 10,
			},
			{
				Name: "w4", Source: "employment", Layout: "ndnh-w4", LayoutStatus: "unconfirmed", LayoutDigest: sha("b"), Expected: true,
				State: StateAbsent, Overdue: true, Reason: "no file matches in/w4-*.txt.gz", RejectLimit: 0.01,
			},
			{
				Name: "ui", Source: "employment", Layout: "layouts/ui.yaml", LayoutStatus: "published", LayoutDigest: sha("c"), Expected: true,
				State: StateWithheld, Reason: "2 of 50 rows rejected (encoding 2), beyond its limit of 1 %", RejectLimit: 0.01,
				SectionsRead: 1, Files: []InputFile{{Name: "ui.csv", SHA256: sha("d"), Bytes: 5_000, Records: 50, State: StateRead}},
				Read: 50, Accepted: 48, Rejected: 2, RejectedBy: []Count{{"encoding", 2}}, Withheld: 48, Passed: 5, Pairs: 5, MostPairs: 1, Below: 4, AcceptedPairs: 1, Links: 1,
			},
			{
				Name: "scra", Source: "military", Layout: "scra-result", LayoutStatus: "published", LayoutDigest: sha("e"),
				State: StateSkipped, Reason: "run 2026-11-20-b7m3xw5c has consumed this file already", RejectLimit: 0.01,
				Files: []InputFile{{Name: "scra.txt", SHA256: sha("f"), Bytes: 9_250, State: StateSkipped,
					Reason: "run 2026-11-20-b7m3xw5c has consumed this file already"}},
			},
		},
		Links: LinkFunnel{
			Pairs: 611_067, Below: 600_054, Review: 1_004, Accepted: 10_009, Outcompeted: 312, Links: 11_013,
			WithheldBy: []Count{{"protected person", 2}, {"reject limit", 1}, {"section refused", 4}, {"shield subject", 2_000}}, Kept: 9_006,
		},
		Leads: LeadFunnel{
			Total: 8_750, Subjects: 7_912,
			ByKind:       []Count{{"account", 40}, {"address", 8_700}, {"phone", 10}},
			ByStatus:     []Count{{"changed", 50}, {"new", 8_000}, {"repeated", 700}},
			ByIdentity:   []Count{{"check first", 950}, {"likely", 800}, {"strong", 7_000}},
			ByStanding:   []Count{{"contradicted", 50}, {"current", 6_000}, {"likely current", 2_000}, {"not known", 600}, {"past", 100}},
			SuppressedBy: []Count{{"already verified", 400}, {"known bad", 12}, {"too old", 88}}, InvalidPairs: 7,
			WithheldBy: []Count{{"joint account in a protected person's case", 3}, {"protected person's address", 9}},
		},
		Queues: QueueFunnel{
			Candidates: 8_400, Rows: 7_900, Alerts: 7_100, Capped: 500, Supervisor: 31, Specialist: 12,
			ByOffice:  []Count{{"North", 4_000}, {"South", 3_900}},
			NotQueued: []Count{{"no open case", 12}, {"repeated", 700}},
		},
		Outputs: []File{
			{Name: "queues/North.parquet", SHA256: sha("4"), Bytes: 90_000, Rows: 4_000},
			{Name: "queues/South.parquet", SHA256: sha("5"), Bytes: 89_000, Rows: 3_900},
			{Name: "queues/index.parquet", SHA256: sha("6"), Bytes: 40_000, Rows: 7_900},
			{Name: "leads.parquet", SHA256: sha("0"), Bytes: 812_345, Rows: 8_750},
			{Name: "links.parquet", SHA256: sha("1"), Bytes: 312_345, Rows: 9_006},
			{Name: "report.html", SHA256: sha("2"), Bytes: 17_000},
			{Name: "state/ledger.json", SHA256: sha("3"), Bytes: 999},
		},
		Gates:    []Gate{{Name: "volume", Outcome: "passed", Words: "8,750 leads, 9,102 the night before"}},
		Warnings: []string{"layout ndnh-w4 is not confirmed by its supplier; the config allows it"},
	}
	m.Outcome = Conclude(m, 3, "")
	return m
}
