package locale

import (
	"sunshine/site/bureau"
	"sunshine/site/period"
)

// The messages of values that the data chooses. A test holds each table against
// all values that there are.
var (
	// Frequencies, by period.Frequency.
	Frequencies = [...]Key{FrequencyIrregular, FrequencyYearly, FrequencyHalfYearly, FrequencyQuarterly, FrequencyMonthly, FrequencyWeekly, FrequencyDaily}
	lengths     = [...]Key{LengthIrregular, LengthYearly, LengthHalfYearly, LengthQuarterly, LengthMonthly, LengthWeekly, LengthDaily}
	fulls       = [...]Key{FullIrregular, FullYearly, FullHalfYearly, FullQuarterly, FullMonthly, FullWeekly, FullDaily}
	alls        = [...]Key{AllIrregular, AllYearly, AllHalfYearly, AllQuarterly, AllMonthly, AllWeekly, AllDaily}

	// Markers, in the order of bureau.Markers.
	Markers = [...]Key{StatusProvisional, StatusRevised, StatusEstimated, StatusBreak, StatusLowReliability, StatusNotAvailable, StatusNotApplicable, StatusConfidential, StatusNotYetReported}

	// Steps and States of matters, by their numbers.
	Steps  = [...]Key{StepDiscussed, StepPlanned, StepSupervised, StepAnswered, StepPublished}
	States = [...]Key{bureau.OpenMatter: StateOpen, bureau.CompletedMatter: StateCompleted}

	// RequestResults are those of bureau.RequestResults.
	RequestResults = []Key{RequestGranted, RequestPartial, RequestRefused, RequestUnavailable, RequestUnprocessed, RequestOtherwise}

	// Areas and Levels, by the names that the files have for them.
	Areas = map[string]Key{
		"vehicle": AreaVehicle, "exit-entry": AreaExitEntry, "hukou": AreaHukou, "accident": AreaAccident,
		"special-trade": AreaSpecialTrade, "fire": AreaFire, "other": AreaOther,
	}
	Levels = map[string]Key{"bureau": LevelBureau, "division": LevelDivision, "sub-bureau": LevelSubBureau, "station": LevelStation}

	// Channels and kinds of guides.
	Channels   = map[string]Key{"window": ChannelWindow, "online": ChannelOnline, "post": ChannelPost, "self-service": ChannelSelf, "phone": ChannelPhone}
	GuideKinds = map[string]Key{"immediate": KindImmediate, "promised": KindPromised}
	// Validities of policy documents, and forms of what explains them.
	Validities       = map[string]Key{"in-force": ValidityInForce, "lapsed": ValidityLapsed, "repealed": ValidityRepealed}
	ExplanationForms = map[string]Key{"text": FormText, "graphic": FormGraphic, "video": FormVideo, "expert": FormExpert}
	// Audiences of guides; staff may write others.
	Audiences = map[string]Key{"individual": AudienceIndividual, "organization": AudienceOrganization}

	// Roles, Types and Risks of the columns of tables.
	Roles = map[bureau.Role]Key{
		bureau.RolePeriod: FieldRolePeriod, bureau.RoleUnit: FieldRoleUnit, bureau.RoleCategory: FieldRoleCategory,
		bureau.RoleMeasure: FieldRoleMeasure, bureau.RoleNote: FieldRoleNote, bureau.RoleCode: FieldRoleCode,
	}
	Types = map[string]Key{"string": FieldTypeString, "integer": FieldTypeInteger, "number": FieldTypeNumber, "date": FieldTypeDate}
	Risks = map[string]Key{"person": FieldRiskPerson, "event": FieldRiskEvent, "organisation": FieldRiskOrganisation, "none": FieldRiskNone}

	// Columns of the lists that are published, by the tags of their structs.
	Columns = map[string]Key{
		"id": ListID, "name": ListName, "former": ListFormer, "level": ListLevel, "parent": ListParent, "population": ListPopulation,
		"households": ListHouseholds, "source": ListSource, "address": ListAddress, "phone": ListPhone, "hours": ListHours, "covers": ListCovers,
		"statistic": ListStatistic, "field": ListField, "unit": ListUnit, "period": ListPeriod, "target": ListTarget,
		"direction": ListDirection, "set_by": ListSetBy, "basis": ListBasis, "place": ListPlace,
		"row": ListRow, "verdict": ListVerdict, "base_period": ListBasePeriod, "base_row": ListBaseRow, "comparison": ListComparison,
		"difference": ListDifference, "percent": ListPercent, "date": ListDate, "categories": ListCategories, "old": ListOld, "new": ListNew,
		"reason": ListReason, "approved_by": ListApprovedBy,
	}
	// StepColumns are those of the steps of matters.
	StepColumns = [...]Key{ListDiscussed, ListPlanned, ListSupervised, ListAnswered, ListPublished}

	// NoteColumns are those of the notes on the first steps of matters.
	NoteColumns = [...]Key{ListDiscussion, ListPlan, ListSupervision}
)

// Length says how long a period of a frequency is: 一年.
func (l *Language) Length(f period.Frequency) string { return l.Text(lengths[f]) }

// Full names the whole periods of a frequency: 全年.
func (l *Language) Full(f period.Frequency) string { return l.Text(fulls[f]) }

// All names the periods of a frequency from one to another: 2004年至2006年各整年.
func (l *Language) All(f period.Frequency, from, to string) string { return l.Text(alls[f], from, to) }
