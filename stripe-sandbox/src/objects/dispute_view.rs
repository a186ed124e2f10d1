//! The dispute as Stripe shows it.

use serde_json::{Map, Value, json};

use super::dispute::{Dispute, DisputeStatus, EVIDENCE};

impl Dispute {
    pub(crate) fn view(&self) -> Value {
        let movements: Vec<Value> = self
            .movements
            .iter()
            .map(|movement| movement.view(&self.id, &self.charge))
            .collect();
        json!({
            "amount": self.amount,
            "balance_transactions": movements,
            "charge": self.charge,
            "created": self.created,
            "currency": self.currency,
            "enhanced_eligibility_types": [],
            "evidence": self.evidence_view(),
            "evidence_details": {
                "due_by": self.due_by,
                "enhanced_eligibility": {},
                "has_evidence": !self.evidence.is_empty(),
                "past_due": self.past_due,
                "submission_count": self.submissions,
            },
            "id": self.id,
            "is_charge_refundable": !self.status.withholds(),
            "livemode": false,
            "metadata": self.metadata,
            "object": "dispute",
            "payment_intent": self.payment_intent,
            "payment_method_details": self.payment_method_details(),
            "reason": self.reason,
            "status": self.status,
        })
    }

    fn evidence_view(&self) -> Value {
        let mut evidence: Map<String, Value> = EVIDENCE
            .iter()
            .map(|name| ((*name).to_owned(), json!(self.evidence.get(*name))))
            .collect();
        evidence.insert("enhanced_evidence".into(), json!({}));
        Value::Object(evidence)
    }

    fn payment_method_details(&self) -> Value {
        let Some(brand) = &self.card_brand else {
            return Value::Null;
        };
        let (case_type, code) = match self.status {
            status if status.is_inquiry() => ("inquiry", "10"),
            DisputeStatus::Prevented => ("resolution", "10.4"),
            _ => ("chargeback", "10.4"),
        };
        let code = if self.reason == "product_not_received" {
            "13.1"
        } else {
            code
        };
        json!({
            "card": { "brand": brand, "case_type": case_type, "network": brand, "network_reason_code": code },
            "type": "card",
        })
    }
}
