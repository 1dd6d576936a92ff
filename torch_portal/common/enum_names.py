"""What code lists are called in the description of the API, where several have one field's name."""

ENUM_NAMES = {
    "AttachmentKindEnum": "contracts.enums.AttachmentKind",
    "DeductionKindEnum": "contracts.enums.DeductionKind",
    "FormEnum": "contracts.enums.Form",
    "KindEnum": "contracts.enums.Kind",
    "LevelEnum": ["block", "warn", "info"],
    "MatterStateEnum": "contracts.enums.FollowUpState",
    "StateEnum": "contracts.enums.State",
    "TechFieldEnum": "contracts.enums.Field",
    "EvaluationFileEnum": "sme_eval.enums.AttachmentKind",
    "EvaluationStateEnum": "sme_eval.enums.State",
    "EvaluationFieldEnum": "sme_eval.enums.TechField",
    "IpRightKindEnum": "sme_eval.enums.IpKind",
    "ProofLevelEnum": "sme_eval.api.entries.LEVELS",
    "RdFormEnum": "sme_eval.enums.RdForm",
    "CaseStateEnum": "sme_eval.enums.CaseState",
    "ChangeStateEnum": "sme_eval.enums.ChangeState",
    "CheckStateEnum": "sme_eval.enums.CheckState",
}
