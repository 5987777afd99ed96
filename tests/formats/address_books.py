"""Address books as other programs write them: one person in each, written for the tests."""

GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,"
    "Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,"
    "Relation 1 - Label,Relation 1 - Value,Website 1 - Label,Website 1 - Value\n"
    'Ada,King,Lovelace,,,,Countess,,The Enchantress,"Lovelace, Ada",Analytical Engines,Analyst,Research,1815-12-10,'
    '"Likes ""tea""",https://photos.example/1,* myContacts ::: Old friends ::: * starred,Work,ada@work.example,* Home,'
    "ada@home.example ::: ada@club.example,Mobile,+44 20 7946 0001 ::: +44 20 7946 0002,Home,"
    '"12 St James\nLondon",12 St James,London,,,SW1Y,UK,Flat B,Spouse,William King,Blog,https://ada.example\n'
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Nickname,Birthday,Gender,Notes,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,"
    "Organization 1 - Yomi Name,Organization 1 - Title,Website 1 - Type,Website 1 - Value\n"
    "Ada Lovelace,Ada,,Lovelace,,The Enchantress,--12-10,,Likes tea,* My Contacts ::: Maths,* Home,ada@home.example,"
    "Mobile,+44 20 7946 0001,,Analytical Engines,,Analyst,Profile,ada.example\n"
)
OUTLOOK = {
    "English": (
        '"Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title","Business Street",'
        '"Business City","Business Postal Code","Business Country/Region","Home City","Business Phone","Mobile Phone",'
        '"Birthday","Categories","E-mail Address","E-mail Type","E-mail Display Name","E-mail 2 Address","Gender",'
        '"Notes","Priority","Private","Sensitivity","Web Page"\r\n'
        '"Ms.","Ada","","Lovelace","","Analytical Engines","","Analyst","12 St James","London","SW1Y","UK","",'
        '"+44 20 7946 0001","+44 7700 900001","12/31/1815","Maths;Old friends","ada@work.example","SMTP",'
        '"Ada Lovelace (ada@work.example)","ada@home.example","Unspecified","Likes tea","Normal","False","Normal",'
        '"https://ada.example"\r\n'
    ),
    "German": (
        '"Anrede","Vorname","Weitere Vornamen","Nachname","Suffix","Firma","Abteilung","Position",'
        '"Straße geschäftlich","Ort geschäftlich","Postleitzahl geschäftlich","Land/Region geschäftlich","Ort privat",'
        '"Telefon geschäftlich","Mobiltelefon","Geburtstag","Kategorien","E-Mail-Adresse","E-Mail-Typ",'
        '"E-Mail: Angezeigter Name","E-Mail 2: Adresse","Geschlecht","Notizen","Priorität","Privat","Vertraulichkeit",'
        '"Webseite"\r\n'
        '"Frau","Ada","","Lovelace","","Analytical Engines","","Analyst","12 St James","London","SW1Y","UK","",'
        '"+44 20 7946 0001","+44 7700 900001","31.12.1815","Maths;Old friends","ada@work.example","SMTP",'
        '"Ada Lovelace","ada@home.example","Keine Angabe","Likes tea","Normal","Falsch","Normal",'
        '"https://ada.example"\r\n'
    ),
    "French": (
        '"Titre","Prénom","Deuxième prénom","Nom","Suffixe","Société","Service","Titre","Rue (bureau)",'
        '"Ville (bureau)","Code postal (bureau)","Pays/Région (bureau)","Ville (domicile)","Téléphone (bureau)",'
        '"Tél. mobile","Anniversaire","Catégories","Adresse de messagerie","Type de messagerie",'
        '"Nom complet de l\'adresse de messagerie","Adresse de messagerie 2","Sexe","Notes","Priorité","Privé",'
        '"Critère de diffusion","Page Web"\r\n'
        '"","Ada","","Lovelace","","Analytical Engines","","Analyst","12 St James","London","SW1Y","UK","",'
        '"+44 20 7946 0001","+44 7700 900001","31/12/1815","Maths;Old friends","ada@work.example","SMTP",'
        '"Ada Lovelace","ada@home.example","Non spécifié","Likes tea","Normale","Faux","Normale",'
        '"https://ada.example"\r\n'
    ),
    "Spanish": (
        '"Title","Nombre","Segundo nombre","Apellidos","Suffix","Organización","Department","Puesto",'
        '"Calle del trabajo","Ciudad de trabajo","Código postal del trabajo","País o región del trabajo","Home City",'
        '"Teléfono del trabajo","Mobile Phone","Birthday","Categorías","E-mail Address","E-mail Type",'
        '"Nombre de pantalla de correo electrónico","Dirección de correo electrónico 2","Género","Notes","Prioridad",'
        '"Private","Confidencialidad","Página web"\r\n'
        '"","Ada","","Lovelace","","Analytical Engines","","Analyst","12 St James","London","SW1Y","UK","",'
        '"+44 20 7946 0001","+44 7700 900001","31/12/1815","Maths;Old friends","ada@work.example","SMTP",'
        '"Ada Lovelace","ada@home.example","Sin especificar","Likes tea","Normal","Falso","Normal",'
        '"https://ada.example"\r\n'
    ),
}
_THUNDERBIRD_ROW = (
    "Ada,Lovelace,Ada Lovelace,The Enchantress,ada@work.example,ada@home.example,,+44 20 7946 0001,,,,"
    "+44 7700 900001,12 St James,Flat B,London,,SW1Y,UK,,,,,,,Analyst,Research,Analytical Engines,"
    "https://ada.example,,1815,12,10,,,,,Likes tea\n"
)
THUNDERBIRD = {
    "English": (
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,"
        "Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,"
        "Home Country,Work Address,Work Address 2,Work City,Work State,Work ZipCode,Work Country,Job Title,Department,"
        "Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,"
        "Notes\n" + _THUNDERBIRD_ROW
    ),
    "German": (
        "Vorname,Nachname,Anzeigename,Spitzname,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,Messenger-Name,"
        "Tel. dienstlich,Tel. privat,Fax-Nummer,Pager-Nummer,Mobil-Tel.-Nr.,Privat: Adresse,Privat: Adresse 2,"
        "Privat: Ort,Privat: Bundesland,Privat: PLZ,Privat: Land,Dienstlich: Adresse,Dienstlich: Adresse 2,"
        "Dienstlich: Ort,Dienstlich: Bundesland,Dienstlich: PLZ,Dienstlich: Land,Arbeitstitel,Abteilung,Organisation,"
        "Webseite 1,Webseite 2,Geburtsjahr,Geburtsmonat,Geburtstag,Benutzerdef. 1,Benutzerdef. 2,Benutzerdef. 3,"
        "Benutzerdef. 4,Notizen\n" + _THUNDERBIRD_ROW
    ),
    "French": (
        "Prénom,Nom de famille,Nom à afficher,Surnom,Première adresse électronique,Deuxième adresse électronique,"
        "Nom à l'écran,Tél. professionnel,Tél. personnel,Fax,Pager,Portable,Adresse privée,Adresse privée 2,Ville,"
        "Pays/État,Code postal,Région,Adresse professionnelle,Adresse professionnelle 2,Ville,Pays/État,Code postal,"
        "Région,Profession,Service,Société,Site Web 1,Site Web 2,Année de naissance,Mois,Jour,Divers 1,Divers 2,"
        "Divers 3,Divers 4,Notes\n" + _THUNDERBIRD_ROW
    ),
}
LDIF = (
    "version: 1\n# exported\n#  by hand\n\n"
    "dn: cn=Ada Lovelace,mail=ada@work.example\nobjectclass: top\nobjectclass: person\n"
    "objectclass: organizationalPerson\nobjectclass: inetOrgPerson\nobjectclass: mozillaAbPersonAlpha\n"
    "givenName: Ada\nsn: Lovelace\ncn: Ada Lovelace\nmozillaNickname: The Enchantress\nmail: ada@work.exa\n mple\n"
    "mozillaSecondEmail: ada@home.example\nmodifytimestamp: 0\ntelephoneNumber: +44 20 7946 0001\n"
    "mobile: +44 7700 900001\nmozillaHomeStreet: 12 St James\nmozillaHomeStreet2: Flat B\n"
    "mozillaHomeLocalityName: London\nmozillaHomePostalCode: SW1Y\nmozillaHomeCountryName: UK\ntitle: Analyst\n"
    "ou: Research\no: Analytical Engines\nmozillaWorkUrl: https://ada.example\nbirthyear: 1815\nbirthmonth: 12\n"
    "birthday: 10\ndescription:: TGlrZXMgdGVh\njpegPhoto:: /9j/4AAQSkZJRgAB\n AQAAAQABAAD/2wBDAAoHBwgHBgoICAgLCg==\n\n"
)
