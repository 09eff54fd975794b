"""What kind of source somebody is, by the article's words: one sentence for every way in which news says it."""

from __future__ import annotations

import pytest

from tests.analysis.conftest import Reader

CASES = [
    # candidates and campaigns come before the office
    ("“No,” said Senator Paula Renn, the Republican presidential candidate.", "political"),
    ("“No,” said former governor Paula Renn, the Democratic nominee.", "political"),
    ("“No,” said Gov. Mark Ellery, her running mate.", "political"),
    ("Republican front-runner Paula Renn said it was over.", "political"),
    ("“No,” said Paula Renn. The Renn campaign has spent a million.", "political"),
    ("“No,” said Todd Hale, a spokesman for the Renn campaign.", "political"),
    ("“No,” said opposition Labour Party leader Ruth Adair.", "political"),
    ("“No,” said Republican strategist Dale Koss.", "political"),
    ("A Democratic official said it was over.", "political"),
    ("Party sources said it was over.", "political"),
    ("“No,” said Republican nominee\u00a0Gov.\u00a0Paula Renn.", "political"),
    # offices
    ("“No,” said Sen. Paula Renn (R-Tex.).", "official"),
    ("“No,” said White House press secretary Dana Holt.", "official"),
    ("“No,” said Labor Secretary Dana Holt.", "official"),
    ("“No,” said Minister of Education Carla Venturi.", "official"),
    ("The deputy director of public prosecutions, Dana Holt, said it was over.", "official"),
    ("“No,” said Dana Holt, a top security aide to Vice President Tom Ward.", "official"),
    ("The FBI said it was over.", "official"),
    ("The World Health Organization said it was over.", "official"),
    ("Leaders of Iran, whose officials met on Monday, said it was over.", "official"),
    ("A law enforcement official said it was over.", "official"),
    ("“No,” said President Dana Holt, who is running for a second term.", "official"),
    # offices of the past
    ("“No,” said Dana Holt, the ambassador to Norway from 2007 to 2013.", "former_official"),
    ("“No,” said retired Gen. Dana Holt.", "former_official"),
    ("“No,” said Dana Holt, who was foreign minister until 2019.", "former_official"),
    ("Former prosecutors said it was over.", "former_official"),
    ("“No,” said Dana Holt, a former executive of the bank.", "former_official"),
    ("“No,” said Foreign Secretary Dana Holt, a former mayor of Westmark.", "official"),
    # firms
    ("“No,” said Dana Holt, vice president of sales at Teeling Motors.", "business"),
    ("“No,” said Dana Holt, vice president for sustainability.", "business"),
    ("Microsoft said it was over.", "business"),
    ("“No,” said Dana Holt, a spokeswoman for the National Association of Bakers and Retailers.", "business"),
    ("Industry sources said it was over.", "business"),
    ("The Premier League said it was over.", "business"),
    # causes
    ("Human Rights Watch said it was over.", "civil_society"),
    ("“No,” said Dana Holt of the Sierra Club.", "civil_society"),
    ("“No,” said Dana Holt, chief executive of the Westmark-based charity Open Door.", "civil_society"),
    ("The Campaign for Clean Rivers said it was over.", "civil_society"),
    ("The secretary general of the teachers’ union, Dana Holt, said it was over.", "civil_society"),
    ("“No,” said the Rev. Dana Holt.", "civil_society"),
    # knowledge
    ("“No,” said Dana Holt of the Brookings Institution.", "expert"),
    ("“No,” said Dana Holt, who studies elections.", "expert"),
    ("“No,” said Dana Holt, an analyst at Teeling Bank.", "expert"),
    ("“No,” said Dana Holt, a professor of police studies.", "expert"),
    ("“No,” said Fox News analyst Judge Dana Holt.", "expert"),
    ("One legal expert said it was over.", "expert"),
    # other journalism, and documents
    ("“No,” said CNN’s Dana Holt.", "media"),
    ("The Daily Courier reported that it was over.", "media"),
    ("Media reports said it was over.", "media"),
    ("A report by Reuters said it was over.", "media"),
    ("Several reports said it was over.", "media"),
    ("The Coastal News Service said it was over.", "media"),
    ("A report by the ministry said it was over.", "document"),
    ("A Reuters poll said it was over.", "document"),
    ("The lawsuit said it was over.", "document"),
    # people
    ("“No,” said Dana Holt, who lives in Sarn.", "affected"),
    ("“No,” said Dana Holt, the mayor’s sister.", "affected"),
    ("“No,” said a lawyer for the family.", "affected"),
    ("“No,” said Dana Holt, who works at a hotel.", "affected"),
    # nobody
    ("Critics said it was over.", "unattributed"),
    ("People familiar with the matter said it was over.", "unattributed"),
    ("A source said it was over.", "unattributed"),
    # of every kind of description, found by reading news
    (
        "“I was born here and I never saw this haze,” said Arun Mehta, founding director of the Center "
        "for River Politics at the University of Oregon.",
        "expert",
    ),
    (
        "The finding was a large step, says Jana Pluhar, a physiologist at Johns Hopkins University. But "
        "in her view, more work is needed.",
        "expert",
    ),
    (
        "As a lung biologist and a colleague of Stone’s at the University of Utah, Andrew Vogel followed "
        "the work with interest. “It was everywhere,” Vogel said.",
        "expert",
    ),
    (
        "Omar Prasad, a trade professor at Cornell, said the plan was weak. “It makes a deal harder,” Mr. Prasad said.",
        "expert",
    ),
    (
        "“It is striking how tensions slow growth,” Peter Willems, the president of the Federal Reserve "
        "Bank of New York, said in a speech last week.",
        "official",
    ),
    (
        "In a letter to the president in May, Zack Duval, the president of the American Farm Bureau, "
        "said farmers faced hardship.",
        "civil_society",
    ),
    (
        "“The evidence is not strong enough,” Sweden’s deputy director of public prosecutions, Eva-Marie "
        "Persman, said on Tuesday.",
        "official",
    ),
    ("Palestinian chief negotiator Sami Eral said they would take a series of measures.", "official"),
    ("CBS Sports NFL Insider Jason La Confora reported the league will fine the player.", "media"),
    ("And researchers have now detected one such plume directly for the first time, a new study reports.", "document"),
    ("An October 11 presentation to bondholders indicated administrative jobs would be cut.", "document"),
    ("The graphic says that the drug is legal in ten states.", "document"),
    ("A London-based think tank concluded that the tariff falls on consumers.", "expert"),
    (
        "In 2011, a research group led by Noah Coen at the University of Ohio found that sugars "
        "activated the receptors.",
        "expert",
    ),
    pytest.param(
        "The only two Arab states to have signed peace treaties with Israel condemned the policy shift as reckless.",
        "official",
        marks=pytest.mark.xfail(strict=True, reason="*treaties* inside the mention votes for a document"),
    ),
    ("Israeli settlers said the change paved the way for more houses.", "affected"),
    (
        "The poles are drier than the plains, said study co-author Anna Solomon, a European Space Agency "
        "research fellow.",
        "expert",
    ),
    ("According to the Centre for Disease Control, the plague is treatable.", "official"),
    ("Backers of tariffs say they help companies.", "unattributed"),
    ("US Secretary of State Mike Pompano said the move was legal.", "official"),
    ("“We lost that game,” team captain Lou Reed said.", "affected"),
    ("Chief marketing officer Ann Lee said sales rose.", "business"),
    (
        "“This is new,” said Kim Doe, who studies ice at the University of Oslo and was not involved in the work.",
        "expert",
    ),
    ("Kim Doe, an economist with the Harbour Institute, said prices would rise.", "expert"),
    ("“Prices will rise,” said Kim Doe, chief economist at Harbour Bank.", "expert"),
    ("“Prices will rise,” said Kim Doe, the governor of the Bank of England.", "official"),
    ("“We will win,” said Kim Doe, chairwoman of the state Republican Party.", "political"),
    ("“We will sue,” said Kim Doe, a lawyer with the Harbour Rights Center.", "civil_society"),
    ("“It was loud,” said Kim Doe, a reporter for the Harbour Gazette who was there.", "media"),
    ("“It was loud,” said Kim Doe, 34, a nurse and mother of two.", "affected"),
    ("“It was a stroke,” said Dr. Kim Doe, a neurologist at Harbour Hospital.", "expert"),
    ("“It was wrong,” said Kim Doe, who was the deputy defence minister until 2014.", "former_official"),
    ("“It was wrong,” said Kim Doe, superintendent of Harbour Public Schools.", "official"),
    ("“He is in custody,” said Kim Doe, a spokesman for the sheriff’s office.", "official"),
    ("“Sales fell,” said Kim Doe, a spokeswoman for Harbour Motors.", "business"),
    ("“We need help,” said Kim Doe, executive director of Harbour Food Bank.", "civil_society"),
    ("“It is rare,” said Kim Doe, director of the Harbour Earthquake Observatory.", "expert"),
    ("“I lost it all,” said Kim Doe, a resident of the block.", "affected"),
    ("“We hired,” said Kim Doe, president and CEO of Harbour Chamber of Commerce.", "business"),
    ("“We may strike,” said Kim Doe, president of the Harbour Teachers Union.", "civil_society"),
    ("“We may close,” said Kim Doe, president of Harbour City Council.", "official"),
    ("“We may close,” said Kim Doe, president of Harbour University.", "expert"),
    ("“The road is shut,” a Caltrans official said.", "official"),
    ("A poll analyst said the race was close.", "expert"),
    ("The lawsuit says the firm knew.", "document"),
    ("Police records show the car was stolen.", "document"),
    ("Data from the bureau showed prices fell.", "document"),
    ("“It is rare,” said Lena Ortiz, a postdoctoral fellow in geology at Harbour State.", "expert"),
    ("Lena Ortiz, a senior fellow at the Atlas Council, said the plan would fail.", "expert"),
    ("“It is rare,” said Lena Ortiz, who teaches constitutional law at Harbour Law School.", "expert"),
    ("“It is rare,” said Lena Ortiz, lead author of the report.", "expert"),
    ("Housing expert Lena Ortiz said rents would climb.", "expert"),
    ("“Rents will climb,” said Lena Ortiz, an independent trader turned market analyst.", "expert"),
    ("Researchers at Harbour University found that the ice had thinned.", "expert"),
    ("A team of scientists led by Lena Ortiz reported that the ice had thinned.", "expert"),
    ("The bank’s chief economist, Lena Ortiz, said growth would slow.", "expert"),
    ("Veteran election lawyer Lena Ortiz said the ballots would count.", "expert"),
    ("Lena Ortiz, a spokeswoman for the fire department, said the blaze was out.", "official"),
    ("Fire Chief Lena Ortiz said the blaze was out.", "official"),
    ("State Rep. Lena Ortiz said the bill would pass.", "official"),
    ("Council member Lena Ortiz said the bill would pass.", "official"),
    ("City councilor Lena Ortiz said the road would close.", "official"),
    ("County commissioner Lena Ortiz said the road would close.", "official"),
    ("Lena Ortiz, head of the national weather service, said rain would come.", "official"),
    ("Lena Ortiz, who heads the emergency management agency, said rain would come.", "official"),
    ("The health minister’s office said the case was closed.", "official"),
    ("Officials in three states said they would sue.", "official"),
    ("A senior administration official said talks went on.", "official"),
    ("Lt. Lena Ortiz of the Harbour Police Department said no one was hurt.", "official"),
    ("Police Lt. Lena Ortiz said no one was hurt.", "official"),
    ("Lena Ortiz, Harbour’s public works director, said the pipe broke.", "official"),
    ("Lena Ortiz, the school board’s chairwoman, said classes would go on.", "official"),
    ("Harbour school superintendent Lena Ortiz said classes would go on.", "official"),
    ("The county health officer, Lena Ortiz, said the shots were safe.", "official"),
    ("Turkey’s president said the talks had failed.", "official"),
    ("Coast Guard Petty Officer Lena Ortiz said the search had ended.", "official"),
    ("The judge wrote that the law was vague.", "official"),
    ("U.N. envoy Lena Ortiz said the truce held.", "official"),
    ("Prosecutor Lena Ortiz told jurors that the man had lied.", "official"),
    ("Lena Ortiz, a Democrat running for governor, said taxes were too high.", "political"),
    ("Rebel commander Abu Salim said the town had fallen.", "political"),
    ("The opposition said the vote was rigged.", "political"),
    ("Lena Ortiz, leader of the Green Party, said taxes were too high.", "political"),
    ("Senior Labour figures said the plan was dead.", "political"),
    ("Taliban spokesman Zabi Karim said the city was theirs.", "political"),
    ("Lena Ortiz, chief financial officer of Harbour Foods, said sales rose.", "business"),
    ("Lena Ortiz, who runs a chain of gyms, said sales rose.", "business"),
    ("Harbour Foods said sales rose.", "business"),
    ("The carmaker said sales rose.", "business"),
    ("A company spokesperson said sales rose.", "business"),
    ("Lena Ortiz, a wheat farmer, said prices had dropped.", "business"),
    ("Lena Ortiz, general manager of the Harbour Hawks, said the trade was done.", "business"),
    ("Lena Ortiz, the film’s producer, said the shoot was long.", "business"),
    ("Lena Ortiz, owner of the Anchor pub, said sales rose.", "business"),
    ("Lena Ortiz, a campaigner at Clean Water Now, said the river was dirty.", "civil_society"),
    ("Lena Ortiz, director of advocacy for the Coalition for Clean Water, said the river was dirty.", "civil_society"),
    ("The Rev. Lena Ortiz said the river was dirty.", "civil_society"),
    ("Lena Ortiz, founder of the nonprofit Shelter First, said beds were full.", "civil_society"),
    ("Aid workers said the camp was full.", "civil_society"),
    ("Rights groups said the law was cruel.", "civil_society"),
    ("Lena Ortiz, an immigration lawyer with the ACLU, said the law was cruel.", "civil_society"),
    ("Lena Ortiz, an organizer with Tenants United, said the rents were cruel.", "civil_society"),
    ("Lena Ortiz, a 45-year-old teacher, said she had lost her home.", "affected"),
    ("Neighbors said they had heard shots.", "affected"),
    ("One woman said she had heard shots.", "affected"),
    ("“We heard shots,” said shopper Lena Ortiz.", "affected"),
    ("The boy’s mother said she wanted answers.", "affected"),
    ("Lena Ortiz, a student at Harbour High School, said she had hidden.", "affected"),
    ("The Harbour Times reported that the talks had failed.", "media"),
    ("State television said the town had fallen.", "media"),
    ("Lena Ortiz, who covers courts for the Harbour Times, said the room was full.", "media"),
    ("Local media reported that two people had died.", "media"),
    ("CNN’s Lena Ortiz said the room was full.", "media"),
    ("Lena Ortiz, a retired police chief, said the force was slow.", "former_official"),
    ("Lena Ortiz, a former aide to President Tom Ward, said the plan was old.", "former_official"),
    ("Ex-CIA officer Lena Ortiz said the plan was old.", "former_official"),
    (
        "Lena Ortiz, who served as ambassador to Norway under President Tom Ward, said the plan was old.",
        "former_official",
    ),
    ("Critics said the plan was old.", "unattributed"),
    ("People familiar with the matter said the plan was old.", "unattributed"),
    ("Court documents say the plan was old.", "document"),
    ("The indictment alleges that he lied.", "document"),
    ("Her resignation letter said the plan was old.", "document"),
    ("A survey by Harbour Research found that most voters were tired.", "document"),
    ("The bill says the plan must end.", "document"),
    ("According to the company’s website, the shop is closed.", "document"),
    ("A police report said the car was blue.", "document"),
    ("The emails show that he lied.", "document"),
    ("Detective Inspector Mark Hale said the car was found.", "official"),
    ("Health Secretary Mark Hale said cases had doubled.", "official"),
    ("Attorney General Mark Hale said the ban was legal.", "official"),
    ("Mark Hale, an assistant U.S. attorney, said the ban was legal.", "official"),
    ("The sheriff’s office said the ban was legal.", "official"),
    ("Mark Hale, head of the fire brigade, said the ban was legal.", "official"),
    ("Mark Hale, the park’s chief ranger, said the bear was gone.", "official"),
    ("Mark Hale, an inspector with the labor ministry, said the plant was shut.", "official"),
    ("Mark Hale, a member of the city council, said the plant was shut.", "official"),
    ("Mark Hale, a Labour MP, said the plant was shut.", "official"),
    ("Senate Majority Leader Mark Hale said the plant was shut.", "official"),
    ("Mark Hale, the government’s chief scientific adviser, said the curve was flat.", "official"),
    ("The Kremlin spokesman, Mark Hale, said the talks were over.", "official"),
    ("Mayor-elect Mark Hale said the plan was done.", "official"),
    ("The Supreme Court ruled that the law was void.", "official"),
    ("Chief Justice Mark Hale wrote that the law was void.", "official"),
    ("Transport for London said the line was shut.", "official"),
    ("The NHS said the clinic was shut.", "official"),
    ("NASA said the launch was off.", "official"),
    ("Treasury officials said the rate was cut.", "official"),
    ("Two law enforcement officials said the man was dead.", "official"),
    ("Mark Hale, the party’s campaign manager, said the vote was close.", "political"),
    ("Tory rebel Mark Hale said the vote was close.", "political"),
    ("Mark Hale, a Republican consultant, said the vote was close.", "political"),
    ("The Labour leader, Mark Hale, said the vote was close.", "political"),
    ("Mark Hale, the Liberal Democrats’ health spokesman, said the vote was close.", "political"),
    ("A spokesman for the Houthi rebels said the ship was hit.", "political"),
    ("Trade minister hopeful Mark Hale, a candidate for the Senate, said the vote was close.", "political"),
    ("Mark Hale, Acme’s founder, said the plant was shut.", "business"),
    ("Mark Hale, chair of the Football League, said the game was off.", "business"),
    ("Airline bosses said the fares would rise.", "business"),
    ("Mark Hale, who owns the hotel, said the fares would rise.", "business"),
    ("Mark Hale, a partner at the firm, said the deal was done.", "business"),
    ("The National Retail Federation said sales rose.", "business"),
    ("Mark Hale, managing director of Hale Logistics, said sales rose.", "business"),
    ("Dairy farmer Mark Hale said prices had dropped.", "business"),
    ("Facebook said it had removed the page.", "business"),
    ("Apple CEO Mark Hale said sales rose.", "business"),
    ("Investors said the price was too high.", "business"),
    ("Mark Hale, president of the nurses’ union, said the ward was full.", "civil_society"),
    ("Greenpeace said the river was dirty.", "civil_society"),
    ("Mark Hale, a volunteer with the Red Cross, said the camp was full.", "civil_society"),
    ("Mark Hale of Citizens for Clean Air said the river was dirty.", "civil_society"),
    ("Bishop Mark Hale said the camp was full.", "civil_society"),
    ("Mark Hale, policy director at the Privacy Foundation, said the law was bad.", "civil_society"),
    ("The group Mothers Against Noise said the law was bad.", "civil_society"),
    ("Campaigners said the law was bad.", "civil_society"),
    ("Mark Hale, a human rights activist, said the law was bad.", "civil_society"),
    ("Mark Hale, the imam of the mosque, said the law was bad.", "civil_society"),
    ("Mark Hale, an epidemiologist at the Harbour School of Public Health, said cases had doubled.", "expert"),
    ("Mark Hale, a political scientist, said the vote was close.", "expert"),
    ("Polling expert Mark Hale said the vote was close.", "expert"),
    ("Security analyst Mark Hale said the bomb was old.", "expert"),
    ("Doctors said the boy was stable.", "expert"),
    ("Dr Mark Hale said the boy was stable.", "expert"),
    ("Mark Hale, a tax lawyer, said the law was bad.", "expert"),
    ("Historian Mark Hale said the wall was old.", "expert"),
    ("Mark Hale, chief investment strategist at Hale Capital, said stocks would fall.", "expert"),
    ("Mark Hale, an analyst with Hale Capital, said stocks would fall.", "expert"),
    ("Economists said prices would rise.", "expert"),
    ("Mark Hale, who wrote a book on the bridge, said the wall was old.", "expert"),
    ("Forecaster Mark Hale said the storm was near.", "expert"),
    ("Passenger Mark Hale said he heard a bang.", "affected"),
    ("Mark Hale, a father of three, said he heard a bang.", "affected"),
    ("Mark Hale, who lives nearby, said he heard a bang.", "affected"),
    ("Witness Mark Hale said he heard a bang.", "affected"),
    ("Mark Hale, the victim’s brother, said he heard a bang.", "affected"),
    ("Residents said they heard a bang.", "affected"),
    ("Actor Mark Hale said he was sorry.", "affected"),
    ("Defender Mark Hale said he was sorry.", "affected"),
    ("A neighbour, who did not want to be named, said he heard a bang.", "affected"),
    ("The pilot said he heard a bang.", "affected"),
    ("The suspect’s lawyer said he was innocent.", "affected"),
    ("Voters said they were tired.", "affected"),
    ("Mark Hale, a survivor of the fire, said he heard a bang.", "affected"),
    ("The Daily Echo reported that the vote was close.", "media"),
    ("Mark Hale, the BBC’s political editor, said the vote was close.", "media"),
    ("Reuters reported that the vote was close.", "media"),
    ("Echo columnist Mark Hale wrote that the vote was close.", "media"),
    ("Xinhua said the vote was close.", "media"),
    ("Former President Mark Hale said the vote was close.", "former_official"),
    ("Mark Hale, who was mayor until 2012, said the vote was close.", "former_official"),
    ("Ex-minister Mark Hale said the vote was close.", "former_official"),
    ("Mark Hale, a former White House lawyer, said the vote was close.", "former_official"),
    ("Retired general Mark Hale said the town was taken.", "former_official"),
    ("Some say the vote was close.", "unattributed"),
    ("A source said the vote was close.", "unattributed"),
    ("Observers said the vote was close.", "unattributed"),
    ("The report said the vote was close.", "document"),
    ("According to the lawsuit, the plant was shut.", "document"),
    ("Official figures showed prices rose.", "document"),
    ("A study in the journal Nature found that cases had doubled.", "document"),
    ("Texts reviewed by the court show that he lied.", "document"),
    ("A press release said the plant was shut.", "document"),
    ("The 911 call log shows that he lied.", "document"),
    ("The law says that the plant must shut.", "document"),
]

# In which the type, or what identifies the source, was once read wrong.
DESCRIPTIONS = [
    ("“We will vote against it,” said the shadow health secretary, Clara Penhale.", "political", "named_person"),
    ("Shadow chancellor Owen Tredwell said the sums did not add up.", "political", "named_person"),
    ("Chief Constable Owen Tredwell said the force would appeal.", "official", "named_person"),
    ("“It was unprovoked,” said PC Maud Farrow.", "official", "named_person"),
    ("Superintendent of Police Leela Pillai said the men had fled.", "official", "named_person"),
    ("Treasurer Bree Callaghan said rates would fall.", "official", "named_person"),
    ("NSW Police Superintendent Bree Callaghan said two homes were lost.", "official", "named_person"),
    ("The Reserve Bank said rates would fall.", "official", "named_organisation"),
    ("ACTU secretary Bree Callaghan said wages must rise.", "civil_society", "named_person"),
    ("The Minerals Council said taxes were too high.", "business", "named_organisation"),
    ("The Independent Electoral and Boundaries Commission said the vote was fair.", "official", "named_organisation"),
    ("The Northern Liberation Front said it held the town.", "political", "named_organisation"),
    ("The Norwegian Refugee Council said the camp had flooded.", "civil_society", "named_organisation"),
    (
        "“The camp has flooded,” said Bala Ringim, country director for Mercy Bridge, an aid group.",
        "civil_society",
        "named_person",
    ),
    ("A 19-year-old who was in the queue said he heard three bangs.", "affected", "described"),
    ("“We did not know,” a senior aide to the president said.", "official", "described"),
    ("The prime minister’s official spokesman said talks went on.", "official", "described"),
    ("Judge Rhea Dunning KC told him that he was a danger.", "official", "named_person"),
    ("Rhea Dunning, prosecuting, said he had hidden the knife.", "official", "named_person"),
    ("Defence lawyer Rhea Dunning said her client, Paul Vane, was sorry.", "affected", "named_person"),
    ("The charge sheet says he hid the knife.", "document", "document"),
    ("The autopsy found that he had drowned.", "document", "document"),
    ("A press release said the plant would close.", "document", "document"),
    ("A plaque says the bridge was built in 1811.", "document", "document"),
    ("Figures from the statistics office show that prices fell.", "document", "document"),
    ("A banner said: “No more wells”.", "document", "document"),
    ("The menu says the fish is local.", "document", "document"),
    ("The song’s lyrics say that love is a lie.", "document", "document"),
    ("Medical examiner Dr. Ivor Lamb testified that he had drowned.", "official", "named_person"),
    ("The RNLI said the search was over.", "civil_society", "named_organisation"),
    ("Mountain rescuers said the search was over.", "civil_society", "collective"),
    ("Senate Republicans said the bill was dead.", "political", "collective"),
    ("House Democrats said the bill was dead.", "political", "collective"),
    ("Labour MPs said the bill was dead.", "political", "collective"),
    ("A senior Tory said the bill was dead.", "political", "described"),
    ("Ivor Lamb, who is standing for the Greens, said the bill was dead.", "political", "named_person"),
    ("Former US attorney Ivor Lamb said the case was weak.", "former_official", "named_person"),
    ("Ivor Lamb, senior market strategist at Pelham, said shares would fall.", "expert", "named_person"),
    ("Ivor Lamb, whose research focuses on mussels, said they shrink.", "expert", "named_person"),
    ("Estate agent Ivor Lamb said rents rose.", "business", "named_person"),
    ("Publican Ivor Lamb said orders fell.", "business", "named_person"),
    ("Farmer Ivor Lamb said the hay was lost.", "business", "named_person"),
    ("Venture capitalist Ivor Lamb said orders fell.", "business", "named_person"),
    ("Oscar-winning actress Ivy Lamb said the shoot was long.", "affected", "named_person"),
    ("Sainsbury’s said sales rose.", "business", "named_organisation"),
    ("Local people said the school was cold.", "affected", "collective"),
    ("“He was gentle,” said Ivy Lamb, his partner of ten years.", "affected", "named_person"),
    ("Grandmother-of-four Ivy Lamb said help came late.", "affected", "named_person"),
    ("Mum-of-two Ivy Lamb said help came late.", "affected", "named_person"),
    ("Pensioner Ivor Lamb said help came late.", "affected", "named_person"),
    ("Student nurse Ivy Lamb said help came late.", "affected", "named_person"),
    ("Climate activist Ivy Lamb said the river was foul.", "civil_society", "named_person"),
    ("The Archbishop of Westmoor, Ivor Lamb, said the camp was cruel.", "civil_society", "named_person"),
    ("Ivy Lamb, founder of Mums Against Knives, said the law was weak.", "civil_society", "named_person"),
    ("Friends of the River said it was foul.", "civil_society", "named_organisation"),
    ("Mothers for Safe Streets said the law was weak.", "civil_society", "named_organisation"),
    ("Save Our Coast said it was foul.", "civil_society", "named_organisation"),
    ("State news agency SABA said the town had fallen.", "media", "named_organisation"),
    ("Podcaster Ivy Lamb said the room was full.", "media", "named_person"),
    ("Film critic Ivy Lamb said the plot was thin.", "media", "named_person"),
    ("According to Variety, the show will return.", "media", "named_organisation"),
    ("The state-run Xinmin news agency said the town had fallen.", "media", "named_organisation"),
    ("Ivy Lamb, chief medical officer for Wales, said flu was rife.", "official", "named_person"),
    ("Ivy Lamb, Westmoor’s fire marshal, said the blaze was out.", "official", "named_person"),
    ("Battalion Chief Ivy Lamb said the blaze was out.", "official", "named_person"),
    ("Ivy Lamb, the town clerk, said the road was shut.", "official", "named_person"),
    ("European Commission president Ivy Lamb said talks went on.", "official", "named_person"),
    ("NATO chief Ivy Lamb said talks went on.", "official", "named_person"),
    ("The militant group said talks went on.", "political", "named_organisation"),
    ("Kyiv mayor Ivo Lamb said ten drones were shot down.", "official", "named_person"),
    ("Ramesh Gaikwad, president of the Sugar Mills Association, said tariffs would bite.", "business", "named_person"),
    ("Village headman Ramesh Gaikwad said the well was dry.", "official", "named_person"),
    ("Schoolteacher Ramesh Gaikwad said the well was dry.", "affected", "named_person"),
    ("Shire president Lorna Tuckey said the bridge was gone.", "official", "named_person"),
    ("Cattle grazier Lorna Tuckey said the dams were dry.", "business", "named_person"),
    ("Real estate agent Lorna Tuckey said takings were down.", "business", "named_person"),
    ("Staff said the plant would close.", "affected", "collective"),
    ("Budget airline Norwind said flights would resume.", "business", "named_organisation"),
    ("Supermarket chain Brightway said sales rose.", "business", "named_organisation"),
    ("Defence lawyers said the claim was false.", "affected", "collective"),
    ("Special Agent Grant Pell said the man was armed.", "official", "named_person"),
    ("The invitation said the party was at eight.", "document", "document"),
    ("The obituary said he had been a sailor.", "document", "document"),
    ("The company blog said the bug was fixed.", "document", "document"),
    ("The Constitution says the term is four years.", "document", "document"),
    ("Official figures show prices fell.", "document", "document"),
    ("GDP figures released on Friday showed growth had slowed.", "document", "document"),
    ("Nurse Tilda Marsh said the ward was full.", "expert", "named_person"),
    ("State television reported that the square was full.", "media", "named_organisation"),
    ("Batter Milo Trent said they had been lucky.", "affected", "named_person"),
    ("Contestant Milo Trent said the acts were great.", "affected", "named_person"),
    ("Drummer Milo Trent said the acts were great.", "affected", "named_person"),
    ("Animal rights campaigner Milo Trent said the trade was cruel.", "civil_society", "named_person"),
    ("Milo Trent, who leads the campaign group Clear Skies, said the air was foul.", "civil_society", "named_person"),
    ("Imam Yusuf Trent said the raids were cruel.", "civil_society", "named_person"),
    ("Volunteer Milo Trent said the raids were cruel.", "civil_society", "named_person"),
    ("Doctors Without Borders said the camp was full.", "civil_society", "named_organisation"),
    ("Aid agencies said the camp was full.", "civil_society", "collective"),
    ("Religious leaders said the law was cruel.", "civil_society", "collective"),
    ("People living nearby said the march was loud.", "affected", "collective"),
    ("The Tigray Liberation Movement said the town was theirs.", "political", "named_organisation"),
    ("Abdi Warsame, who is running for mayor, said taxes were high.", "political", "named_person"),
    ("Lib Dem spokesperson Dee Holt said taxes were high.", "political", "named_person"),
    ("The central bank said growth would slow.", "official", "named_organisation"),
    ("The Bank of Ghana said growth would slow.", "official", "named_organisation"),
    ("Fund manager Hugo Lane said shares fell.", "business", "named_person"),
    ("Hugo Lane, a volunteer with the food bank, said shelves were bare.", "civil_society", "named_person"),
    ("Hugo Lane, from the charity Bright Start, said shelves were bare.", "civil_society", "named_person"),
    ("Reality TV star Tess Lane said it was loud.", "affected", "named_person"),
    ("An update on the airline’s site said the flight was late.", "document", "document"),
    ("Weather forecasts said that rain would come.", "document", "document"),
    ("Rita Marlow Productions denied that it had settled.", "business", "named_organisation"),
    ("Republicans said the bridge was safe.", "political", "collective"),  # nothing stands before the first word
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "kind", "identification"), DESCRIPTIONS)
def test_a_description_tells_kind_and_identification(read: Reader, text: str, kind: str, identification: str) -> None:
    found = read(text)
    source = found.analysis.source(found.analysis.quotes[0].source)
    assert source is not None
    assert (source.type, source.identification) == (kind, identification), source.label


@pytest.mark.model
@pytest.mark.parametrize(("text", "kind"), CASES)
def test_the_kind_that_the_words_tell_and_the_words_themselves(read: Reader, text: str, kind: str) -> None:
    found = read(text)
    source = found.analysis.source(found.analysis.quotes[0].source)
    assert source is not None
    assert source.type == kind, [found.article[span] for span in source.evidence]
    if "Reuters said" not in text:  # what is taken for want of any word has none
        assert source.evidence, (kind, source.label)
    assert all(found.article[span] in text for span in source.evidence)


@pytest.mark.model
def test_what_is_said_of_a_person_anywhere_types_the_person_everywhere(read: Reader) -> None:
    found = read(
        "“It is over,” Holt said on Monday.",
        "The bridge was shut for a week.",
        "Dana Holt, the chief executive of Teeling Motors, arrived late.",
    )
    assert {source.type for source in found.analysis.sources} == {"business"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The New York State Attorney General (NYAG) sued. A spokesperson for the NYAG declined to comment.", "NYAG"),
        ("The Riverside Utilities Commission (RUC) met. RUC President Mary Batten said it was over.", "RUC"),
    ],
)
def test_an_abbreviation_that_the_article_explains_is_the_body(read: Reader, text: str, label: str) -> None:
    (source,) = read(text).analysis.sources
    assert label in source.label
    assert source.type == "official"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It was dry, said study co-author Anna Solo, a research fellow.", "study co-author Anna Solo"),
        ("The neo-banks promised they would ease the pain.", "The neo-banks"),
        ("The director of prosecutions, Eva-Marie Lind, said it was over.", "Eva-Marie Lind"),
    ],
)
def test_a_hyphen_does_not_cut_a_source_off(read: Reader, text: str, label: str) -> None:
    (source,) = read(text).analysis.sources
    assert source.label == label


@pytest.mark.model
def test_bill_is_no_document(read: Reader) -> None:
    found = read("Bill Clinton said it was over.", "“It is late,” Bill said.")
    assert {source.type for source in found.analysis.sources} == {"former_official"}


@pytest.mark.model
def test_the_article_beats_what_is_known_of_a_public_figure(read: Reader) -> None:
    found = read("“It is late,” said President Barack Obama.")
    assert {source.type for source in found.analysis.sources} == {"official"}


@pytest.mark.model
def test_a_spokesman_takes_the_type_of_the_person_he_speaks_for(read: Reader) -> None:
    found = read("Rep. Dana Holt arrived late.", "“It is over,” said Holt spokesman Todd Hale.")
    assert found.kinds == {"Holt spokesman Todd Hale": ("official", "named_person")}


@pytest.mark.model
def test_a_name_that_is_also_an_office_is_no_office(read: Reader) -> None:
    found = read("Harry King, a professor of law, came late.", "Mr. King said it was over.")
    assert {(source.name, source.type) for source in found.analysis.sources} == {("Harry King", "expert")}


@pytest.mark.model
def test_two_who_speak_for_each_other_tell_nothing(read: Reader) -> None:
    found = read("“No,” said Holt aide Tom Ward.", "“No,” said Ward aide Dana Holt.")
    assert {source.type for source in found.analysis.sources} <= {"political", "affected"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "identification"),
    [
        ("Hong Kong police said it was over.", "named_organisation"),
        ("Rep. Dana Holt’s office said it was over.", "named_organisation"),
        ("A spokesman for the ministry said it was over.", "named_organisation"),
        ("A spokesman said it was over.", "described"),
        ("Two officials said it was over.", "collective"),
        ("A number of delegates said it was over.", "collective"),
        ("Wong Kai-lam, the commander of Sarn West district, said it was over.", "named_person"),
        ("A study said it was over.", "document"),
        ("Media reports said it was over.", "collective"),
    ],
)
def test_identification(read: Reader, text: str, identification: str) -> None:
    found = read(text)
    source = found.analysis.source(found.analysis.quotes[0].source)
    assert source is not None
    assert source.identification == identification
