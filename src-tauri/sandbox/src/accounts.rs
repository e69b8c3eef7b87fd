//! The people and companies of the rehearsal.

/// The password of every account.
pub const PASSWORD: &str = "Sandbox-1";
/// The second factor of every account that has one.
pub const SECOND_FACTOR: &str = "000000";
/// The only client that the sandbox knows.
pub const CLIENT_ID: &str = "5a4db0c5-0000-4000-8000-00000000c0de";

/// A directory: one company, or Microsoft's directory of personal accounts.
#[derive(Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Directory id, a GUID.
    pub id: &'static str,
    /// Verified domain, also accepted in addresses.
    pub domain: &'static str,
    /// Legal name of the company.
    pub company: &'static str,
    /// Partner ID of the company in Partner Center; digits.
    pub partner_id: &'static str,
    /// Whether people may consent only after an administrator has.
    pub approval_required: bool,
}

/// How an account signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Password, then second factor.
    SecondFactor,
    /// Password alone: the company exempts the account.
    PasswordOnly,
    /// Refused after the right password.
    Disabled,
    /// A personal account, refused once the name is known.
    Personal,
}

/// What Partner Center lets an account do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Sees every deal of the company.
    ReferralsAdmin,
    /// Sees the deals whose team names the account.
    ReferralsUser,
    /// Sees none: 403.
    None,
}

/// A person or a service account.
#[derive(Debug, PartialEq, Eq)]
pub struct Account {
    /// User principal name, the name that signs in.
    pub upn: &'static str,
    /// Display name.
    pub name: &'static str,
    /// Object id in the directory, a GUID.
    pub object_id: &'static str,
    /// The directory.
    pub tenant: &'static Tenant,
    /// How it signs in.
    pub gate: Gate,
    /// What Partner Center lets it do.
    pub role: Role,
    /// Whether it may approve an application for the whole directory.
    pub tenant_admin: bool,
}

const CONTOSO: Tenant = Tenant {
    id: "5a4db0c5-0001-4000-8000-000000000001",
    domain: "contoso.example",
    company: "Contoso Ltd",
    partner_id: "4100001",
    approval_required: false,
};
const NORTHWIND: Tenant = Tenant {
    id: "5a4db0c5-0002-4000-8000-000000000002",
    domain: "northwind.example",
    company: "Northwind Traders",
    partner_id: "4200002",
    approval_required: true,
};
const ADATUM: Tenant = Tenant {
    id: "5a4db0c5-0003-4000-8000-000000000003",
    domain: "adatum.example",
    company: "A. Datum Corporation",
    partner_id: "4300003",
    approval_required: false,
};
const TAILSPIN: Tenant = Tenant {
    id: "5a4db0c5-0004-4000-8000-000000000004",
    domain: "tailspin.example",
    company: "Tailspin Toys",
    partner_id: "4400004",
    approval_required: false,
};
const FABRIKAM: Tenant = Tenant {
    id: "5a4db0c5-0005-4000-8000-000000000005",
    domain: "fabrikam.example",
    company: "Fabrikam, Inc.",
    partner_id: "4500005",
    approval_required: false,
};
/// The directory of personal accounts has this id in the real cloud too.
const PERSONAL: Tenant = Tenant {
    id: "9188040d-6c67-4c5b-b112-36a304b66dad",
    domain: "outlook.example",
    company: "Personal accounts",
    partner_id: "",
    approval_required: false,
};

static TENANTS: [&Tenant; 6] = [&CONTOSO, &NORTHWIND, &ADATUM, &TAILSPIN, &FABRIKAM, &PERSONAL];

const fn person(
    upn: &'static str,
    name: &'static str,
    object_id: &'static str,
    tenant: &'static Tenant,
    gate: Gate,
    role: Role,
) -> Account {
    Account { upn, name, object_id, tenant, gate, role, tenant_admin: false }
}

/// Every account, in the order in which a reader meets them.
pub static ACCOUNTS: [Account; 11] = [
    person(
        "svc-cosell@contoso.example",
        "Contoso Co-sell Service",
        "5a4db0c5-0001-4000-8000-0000000000a1",
        &CONTOSO,
        Gate::SecondFactor,
        Role::ReferralsAdmin,
    ),
    person(
        "jane@contoso.example",
        "Jane Doe",
        "5a4db0c5-0001-4000-8000-0000000000a2",
        &CONTOSO,
        Gate::SecondFactor,
        Role::ReferralsUser,
    ),
    person(
        "nomfa@contoso.example",
        "Nora Exempt",
        "5a4db0c5-0001-4000-8000-0000000000a3",
        &CONTOSO,
        Gate::PasswordOnly,
        Role::ReferralsAdmin,
    ),
    person(
        "norole@contoso.example",
        "Rolf Without",
        "5a4db0c5-0001-4000-8000-0000000000a4",
        &CONTOSO,
        Gate::SecondFactor,
        Role::None,
    ),
    person(
        "disabled@contoso.example",
        "Dana Gone",
        "5a4db0c5-0001-4000-8000-0000000000a5",
        &CONTOSO,
        Gate::Disabled,
        Role::None,
    ),
    person(
        "consent@northwind.example",
        "Connie Sent",
        "5a4db0c5-0002-4000-8000-0000000000b1",
        &NORTHWIND,
        Gate::SecondFactor,
        Role::ReferralsAdmin,
    ),
    Account {
        upn: "admin@northwind.example",
        name: "Ada Ministrator",
        object_id: "5a4db0c5-0002-4000-8000-0000000000b2",
        tenant: &NORTHWIND,
        gate: Gate::SecondFactor,
        role: Role::None,
        tenant_admin: true,
    },
    person(
        "many@adatum.example",
        "Manny Deals",
        "5a4db0c5-0003-4000-8000-0000000000c1",
        &ADATUM,
        Gate::SecondFactor,
        Role::ReferralsAdmin,
    ),
    person(
        "nodeals@tailspin.example",
        "Nadine New",
        "5a4db0c5-0004-4000-8000-0000000000d1",
        &TAILSPIN,
        Gate::SecondFactor,
        Role::ReferralsAdmin,
    ),
    person(
        "other@fabrikam.example",
        "Otto Other",
        "5a4db0c5-0005-4000-8000-0000000000e1",
        &FABRIKAM,
        Gate::SecondFactor,
        Role::ReferralsAdmin,
    ),
    person(
        "someone@outlook.example",
        "Some One",
        "00000000-0000-0000-5a4d-b0c5000000f1",
        &PERSONAL,
        Gate::Personal,
        Role::None,
    ),
];

/// The account with that name, whatever its case and the spaces around it.
pub fn find(upn: &str) -> Option<&'static Account> {
    let wanted = upn.trim();
    ACCOUNTS.iter().find(|account| account.upn.eq_ignore_ascii_case(wanted))
}

/// Whom an authority in an address (`/{tenant}/…`) admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// `organizations`: any company.
    Organizations,
    /// `common`: any company and, were the application open to them, personal accounts.
    Common,
    /// One directory, named by GUID or domain.
    Single(&'static Tenant),
}

impl Authority {
    /// Reads the first path segment; `None` means that no such directory exists.
    pub fn parse(segment: &str) -> Option<Self> {
        match segment {
            "organizations" => Some(Self::Organizations),
            "common" => Some(Self::Common),
            name => TENANTS
                .into_iter()
                .find(|tenant| {
                    tenant.id.eq_ignore_ascii_case(name) || tenant.domain.eq_ignore_ascii_case(name)
                })
                .map(Self::Single),
        }
    }

    /// Whether an account of that directory may sign in here.
    pub fn admits(self, tenant: &Tenant) -> bool {
        match self {
            Self::Organizations | Self::Common => true,
            Self::Single(own) => own == tenant,
        }
    }

    /// What stands for the directory in an issuer: its id, or the placeholder of the shared authorities.
    pub fn issuer_segment(self) -> &'static str {
        match self {
            Self::Organizations | Self::Common => "{tenantid}",
            Self::Single(tenant) => tenant.id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_regard_to_case_and_spaces() {
        assert_eq!(find(" SVC-Cosell@Contoso.example ").map(|a| a.upn), Some("svc-cosell@contoso.example"));
        assert_eq!(find("nobody@contoso.example"), None);
    }

    #[test]
    fn object_ids_and_names_are_unique() {
        for (index, account) in ACCOUNTS.iter().enumerate() {
            for other in &ACCOUNTS[index + 1..] {
                assert_ne!(account.object_id, other.object_id);
                assert_ne!(account.upn, other.upn);
            }
            assert!(account.upn.ends_with(account.tenant.domain));
        }
    }

    #[test]
    fn a_directory_admits_its_own_people_only() {
        let northwind = Authority::parse("northwind.example").unwrap();
        assert_eq!(Some(northwind), Authority::parse(NORTHWIND.id));
        assert!(northwind.admits(&NORTHWIND));
        assert!(!northwind.admits(&CONTOSO));
        assert_eq!(Authority::parse("nowhere.example"), None);
        assert_eq!(Authority::Common.issuer_segment(), "{tenantid}");
    }
}
