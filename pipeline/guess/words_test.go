package guess

import (
	"testing"

	"locatematch/sources/person"
)

// TestWords: what suppliers call their columns, and the fields that are meant.
func TestWords(t *testing.T) {
	for header, want := range map[string]string{
		"SSN": "ssn", "Social Security No.": "ssn", "SOC_SEC_NUM": "ssn", "Employee SSN": "ssn", "SSN#": "ssn",
		"FirstName": "given", "FNAME": "given", "Last Name": "family", "surname": "family", "MI": "middle", "Employee Name": "full_name",
		"DOB": "born", "DateOfBirth": "born", "Birth Dt": "born", "D.O.B.": "born", "Gender": "sex",
		"Addr1": "address_1", "Home Address Line 1": "address_1", "Mailing Addr": "address_1", "ADDRESS2": "address_2", "Apt": "address_2",
		"City": "city", "St": "state", "State Code": "state", "ZIP Code": "zip", "Zip+4": "zip4", "Cell Phone": "phone", "E-mail": "email",
		"Employer Name": "employer", "Company": "employer", "Company City": "employer_city", "ER Zip": "employer_zip", "FEIN": "ein",
		"Date of Hire": "hire_date", "HIRE_DT": "hire_date", "Acct No": "account", "Acct Type": "account_type", "New Address": "to_address_1",
		"New Zip": "to_zip", "Old City": "city", "Case Number": "case_id", "docket no": "case_id", "given_2": "given.2", "move_date": "move_date",
		"Spouse SSN": "", "Mother's Maiden Name": "", "Emergency Contact Phone": "", "Officer Note": "", "New Name": "", "": "", "QUIXVANDER": "",
	} {
		if got := words.column(header); got != want {
			t.Errorf("%q is %q, want %q", header, got, want)
		}
	}
}

// TestWords_Emp: emp is the employee, unless others are called so in full.
func TestWords_Emp(t *testing.T) {
	emp := func(others ...string) string {
		fields := []field{{column: "Emp City"}}
		for _, o := range others {
			fields = append(fields, field{column: o})
		}
		return words.settle(fields).column("Emp City")
	}
	if emp() != "city" || emp("Company City") != "city" || emp("Employee City", "Employer Name") != "city" {
		t.Error("emp should be the employee")
	}
	if emp("Employee City") != "employer_city" {
		t.Error("emp should be the employer")
	}
}

// TestWords_FieldsAreKnown: every field of headers.txt is canonical, or one that built-in layouts use.
func TestWords_FieldsAreKnown(t *testing.T) {
	for phrase, name := range words.field {
		if !person.Known(name) && name != "wage" {
			t.Errorf("%s: %s is no canonical field", phrase, name)
		}
	}
}
